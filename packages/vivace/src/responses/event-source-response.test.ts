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
