import { fork } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { quantile } from './statistics.js';

export interface SocketLoad {
  /** Connections that say nothing. */
  readonly idle: number;
  /** Connections that say something, wait for the answer, and say the next. */
  readonly chatting: number;
  /** What each of them says. */
  readonly messages: number;
  /** Messages of a room that everybody is in. */
  readonly broadcasts: number;
}

/** Bytes of the heap, and of resident memory, for each idle connection. */
export interface Memory {
  readonly heap: number;
  readonly resident: number;
}

export interface SocketFigures extends Memory {
  readonly held: number;
  /** Answered messages per second. */
  readonly rate: number;
  /** Milliseconds that 99 of 100 answers took at most. */
  readonly answer: number;
  /** Milliseconds from the slowest broadcast to its last member. */
  readonly broadcast: number;
  /** Milliseconds until a client that does not read is cut off, while others are answered. */
  readonly cut: number;
  /** How many clients were told 1001, and in how many milliseconds the process had ended. */
  readonly goodbyes: number;
  readonly shutdown: number;
}

/** What the server says of itself: its open connections, and its memory in bytes. */
type Ask = () => Promise<{
  readonly open: number;
  readonly heap: number;
  readonly resident: number;
}>;

/** A server of WebSockets in a process of its own. */
interface SocketServer {
  readonly address: string;
  readonly ask: Ask;
  /** Ends it in order. */
  end(): Promise<unknown>;
}

/** @param program the compiled one */
async function withServer<T>(
  program: string,
  measure: (server: SocketServer) => Promise<T>,
): Promise<T> {
  const child = fork(program, ['0'], {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit');
  try {
    const died = ended.then(([code]) =>
      Promise.reject(new Error(`${program} ended with ${code}: is it built?`)),
    );
    const [{ url }] = (await Promise.race([once(child, 'message'), died])) as [{ url: string }];
    died.catch(() => {});
    const ask: Ask = async () => {
      const answer = once(child, 'message') as Promise<[Awaited<ReturnType<Ask>>]>;
      child.send('how is it going?');
      return (await answer)[0];
    };
    const end = (): Promise<unknown> => {
      child.kill('SIGTERM');
      return ended;
    };
    return await measure({ address: url.replace('http', 'ws'), ask, end });
  } finally {
    child.kill('SIGKILL');
  }
}

interface Idle extends Memory {
  readonly sockets: readonly WebSocket[];
}

/** Connections that say nothing. */
async function connectIdle({ address, ask }: SocketServer, load: SocketLoad): Promise<Idle> {
  // What a warm server needs is not what each connection takes.
  const first = await connectAll(`${address}/chat/own`, Math.min(50, load.idle));
  await chatAll(first, load.messages);
  const gone = first.map((socket) => once(socket, 'close'));
  for (const socket of first) socket.close();
  await Promise.all(gone);
  const warm = await connectAll(`${address}/chat/idle`, 20);
  const before = await ask();
  const idle = await connectAll(`${address}/chat/idle`, load.idle - warm.length);
  const after = await ask();
  return {
    heap: (after.heap - before.heap) / idle.length,
    resident: (after.resident - before.resident) / idle.length,
    sockets: [...warm, ...idle],
  };
}

/** What idle WebSockets of a server take. */
export function measureIdle(load: SocketLoad, program: string): Promise<Memory> {
  return withServer(program, (server) => connectIdle(server, load));
}

/** Loads the WebSockets of a server. */
export function measureSockets(load: SocketLoad, program: string): Promise<SocketFigures> {
  return withServer(program, async (server) => {
    const { address, ask } = server;
    const { sockets, heap, resident } = await connectIdle(server, load);
    const chatting = await connectAll(`${address}/chat/own`, load.chatting);
    const chat = await chatAll(chatting, load.messages);
    const members = await connectAll(`${address}/chat/all`, load.chatting);
    const broadcast = await broadcastAll(members, load.broadcasts);
    const few = await connectAll(`${address}/chat/few`, 5);
    const cut = await cutOff(`${address}/chat/few`, few, chatting[0]!, ask);
    const everybody = [...sockets, ...chatting, ...members, ...few].filter(
      ({ readyState }) => readyState === WebSocket.OPEN,
    );
    const goodbyes = everybody.map(async (socket) => Number((await once(socket, 'close'))[0]));
    const began = performance.now();
    const ended = server.end();
    const codes = await Promise.all(goodbyes);
    await ended;
    return {
      ...chat,
      held: everybody.length,
      heap,
      resident,
      broadcast,
      cut,
      goodbyes: codes.filter((code) => code === 1001).length,
      shutdown: performance.now() - began,
    };
  });
}

/** A few at a time: a backlog of connections is not what is measured. */
async function connectAll(url: string, count: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) {
    const some = Array.from(
      { length: Math.min(50, count - sockets.length) },
      () => new WebSocket(url, { perMessageDeflate: false }),
    );
    await Promise.all(some.map((socket) => once(socket, 'open')));
    sockets.push(...some);
  }
  return sockets;
}

async function chatAll(
  sockets: readonly WebSocket[],
  messages: number,
): Promise<Pick<SocketFigures, 'rate' | 'answer'>> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    sockets.map(async (socket, number) => {
      for (let count = 0; count < messages; count++)
        times.push(await echo(socket, `message ${count} of ${number}`));
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { rate: times.length / seconds, answer: quantile(times, 0.99) };
}

/** Milliseconds until a message has come back. */
async function echo(socket: WebSocket, text: string): Promise<number> {
  const began = performance.now();
  const answer = once(socket, 'message');
  socket.send(text);
  const [data] = (await answer) as [Buffer];
  if (String(data) !== text) throw new Error(`${text} came back as ${String(data)}`);
  return performance.now() - began;
}

async function broadcastAll(members: readonly WebSocket[], count: number): Promise<number> {
  let slowest = 0;
  for (let sent = 0; sent < count; sent++) {
    const began = performance.now();
    await say(members, members[sent % members.length]!, 'x'.repeat(100));
    slowest = Math.max(slowest, performance.now() - began);
  }
  return slowest;
}

/** Settles when all members have heard it. */
async function say(members: readonly WebSocket[], by: WebSocket, text: string): Promise<void> {
  const heard = members.map((member) => once(member, 'message'));
  by.send(text);
  await Promise.all(heard);
}

/** A member that does not read gets all that the others say, until it is given up. */
async function cutOff(
  url: string,
  members: readonly WebSocket[],
  other: WebSocket,
  ask: Ask,
): Promise<number> {
  const [slow] = (await connectAll(url, 1)) as [WebSocket];
  slow.on('error', () => {});
  slow.pause();
  const { open } = await ask();
  const began = performance.now();
  for (let count = 0; count < 50; count++) {
    for (let block = 0; block < 10; block++) await say(members, members[0]!, 'x'.repeat(48 * 1024));
    await echo(other, `still answered ${count}`);
    if ((await ask()).open < open) {
      slow.terminate();
      return performance.now() - began;
    }
  }
  throw new Error('A client that does not read was not given up.');
}
