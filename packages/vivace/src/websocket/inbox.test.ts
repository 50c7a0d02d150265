import { RequestValidationError } from '../errors/request-validation-error';
import { WebSocketDisconnect } from '../errors/websocket-disconnect';
import { AS_IT_IS, Inbox } from './inbox';
import { TextIterator } from './message-iterator';

const LEFT = new WebSocketDisconnect(1001);

function inbox(): { readonly inbox: Inbox; readonly flow: string[] } {
  const flow: string[] = [];
  return {
    inbox: new Inbox({ pause: () => flow.push('pause'), resume: () => flow.push('resume') }),
    flow,
  };
}

describe('The messages of a WebSocket', () => {
  it('reach those who wait in their order, and the end reaches the rest', async () => {
    const { inbox: messages } = inbox();
    const taken = ['first', 'second', 'third'].map(() => messages.take(AS_IT_IS));
    messages.add('a');
    messages.add('b');
    messages.end(LEFT);
    expect(await Promise.allSettled(taken)).toMatchObject([
      { value: 'a' },
      { value: 'b' },
      { reason: LEFT },
    ]);
  });

  it('are all taken before the end is told, to everybody who asks', async () => {
    const { inbox: messages } = inbox();
    messages.add('a');
    messages.end(LEFT);
    messages.add('too late');
    await expect(messages.take(AS_IT_IS)).resolves.toBe('a');
    await expect(messages.take(AS_IT_IS)).rejects.toBe(LEFT);
    await expect(messages.take(AS_IT_IS)).rejects.toBe(LEFT);
  });

  it('are no longer read from the connection while sixteen wait', async () => {
    const { inbox: messages, flow } = inbox();
    for (let count = 0; count < 16; count++) messages.add(String(count));
    expect(flow).toEqual(['pause']);
    await messages.take(AS_IT_IS);
    expect(flow).toEqual(['pause', 'resume']);
  });

  it.each([
    ['that wait', (messages: Inbox) => messages.add(new Uint8Array(1))],
    ['that come', () => undefined],
  ])('end a loop over text with an error where they are binary (%s)', async (_, before) => {
    const { inbox: messages } = inbox();
    before(messages);
    const texts = new TextIterator(messages);
    const next = texts.next();
    messages.add(new Uint8Array(1));
    await expect(next).rejects.toThrow(RequestValidationError);
    await expect(texts.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it('end a loop over text when the client leaves, and with the error where something else is wrong', async () => {
    const { inbox: messages } = inbox();
    messages.add('a');
    messages.end(LEFT);
    const texts: unknown[] = [];
    for await (const text of new TextIterator(messages)) texts.push(text);
    expect(texts).toEqual(['a']);
    const { inbox: broken } = inbox();
    const waiting = new TextIterator(broken).next();
    broken.end(new Error('broken'));
    await expect(waiting).rejects.toThrow('broken');
  });
});
