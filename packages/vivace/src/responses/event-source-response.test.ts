import { EventSourceResponse, ServerSentEvent } from '../responses';
import { CONTENT } from './response';

async function sent(response: EventSourceResponse): Promise<string> {
  let text = '';
  for await (const chunk of response[CONTENT]() as AsyncIterable<string>) text += chunk;
  return text;
}

describe('EventSourceResponse', () => {
  it('writes items as data and events field by field', async () => {
    async function* events(): AsyncGenerator<unknown> {
      yield { name: 'Plumbus' };
      yield new ServerSentEvent({
        data: 'hello',
        event: 'token',
        id: '1',
        retry: 50,
        comment: 'a\nb',
      });
      yield new ServerSentEvent({ raw: '[DONE]\nx', event: 'done' });
      yield new ServerSentEvent({ comment: 'only' });
    }
    expect(await sent(new EventSourceResponse(events()))).toBe(
      'data: {"name":"Plumbus"}\n\n' +
        ': a\n: b\nevent: token\ndata: "hello"\nid: 1\nretry: 50\n\n' +
        'event: done\ndata: [DONE]\ndata: x\n\n' +
        ': only\n\n',
    );
  });

  it('keeps a silent connection open with comments', async () => {
    const chunks: string[] = [];
    let wake = (): void => undefined;
    async function* events(): AsyncGenerator<unknown> {
      await new Promise<void>((resolve) => (wake = resolve));
      yield 1;
    }
    for await (const chunk of new EventSourceResponse(events(), { ping: 0.001 })[
      CONTENT
    ]() as AsyncIterable<string>) {
      chunks.push(chunk);
      wake();
    }
    expect(chunks[0]).toBe(': ping\n\n');
    expect(chunks.at(-1)).toBe('data: 1\n\n');
  });

  it.each([
    ['a text', (): string => 'late', { value: 'data: "late"\n\n', done: false }],
    [
      'an error',
      (): never => {
        throw new Error('late');
      },
      new Error('late'),
    ],
  ])('gives %s that came while nobody waited, after a comment', async (_, give, expected) => {
    const gate = Promise.withResolvers<void>();
    async function* events(): AsyncGenerator<unknown> {
      await gate.promise;
      yield give();
    }
    const response = new EventSourceResponse(events(), { ping: 0.001 });
    const chunks = (response[CONTENT]() as AsyncIterable<string>)[Symbol.asyncIterator]();
    expect(await chunks.next()).toEqual({ value: ': ping\n\n', done: false });
    gate.resolve();
    // Whatever goes on by itself has gone on by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await chunks.next().catch((error: unknown) => error)).toEqual(expected);
    expect(await chunks.next()).toEqual({ value: undefined, done: true });
  });

  it('takes what an iterator written by hand gives: promises, errors, and nothing to return', async () => {
    const given: (() => unknown)[] = [
      () => ({ value: Promise.resolve(1), done: false }),
      () => {
        throw new Error('thrown at once');
      },
    ];
    const events = { [Symbol.asyncIterator]: () => ({ next: () => given.shift()!() }) };
    const response = new EventSourceResponse(events as AsyncIterable<unknown>);
    const chunks = (response[CONTENT]() as AsyncIterable<string>)[Symbol.asyncIterator]();
    expect(await chunks.next()).toEqual({ value: 'data: 1\n\n', done: false });
    await expect(chunks.next()).rejects.toThrow('thrown at once');
    expect(await chunks.return?.()).toEqual({ value: undefined, done: true });
  });

  it('closes the generator when the client leaves', async () => {
    let closed = false;
    async function* events(): AsyncGenerator<unknown> {
      try {
        yield 1;
        yield 2;
      } finally {
        closed = true;
      }
    }
    for await (const _ of new EventSourceResponse(events())[CONTENT]() as AsyncIterable<string>)
      break;
    expect(closed).toBe(true);
  });

  it('refuses an event that could smuggle in another', () => {
    expect(() => new ServerSentEvent({ event: 'a\ndata: b' })).toThrow(RangeError);
    expect(() => new ServerSentEvent({ id: 'a\0' })).toThrow(RangeError);
    expect(() => new ServerSentEvent({ retry: -1 })).toThrow(RangeError);
  });
});
