import { answerDifferences, type Answer } from './answer';
import { bound } from './bind';
import type { Mismatch } from './compare';
import { documentDifferences } from './document';
import { send } from './http';
import { startProgram } from './program';
import { documentsOf, readRecording, type Exchange, type Recording } from './recording';
import { wireRequest } from './request';
import { Servers } from './servers';
import { SocketReplay } from './socket';

/** One process's share of a recording: the exchanges of one instance, and perhaps the documents. */
export interface Job {
  readonly recordings: string;
  readonly id: string;
  readonly module: string;
  readonly exchanges: readonly number[];
  readonly documents: boolean;
}

/** What differed, by the name of the check: `#3` for an exchange, `openapi` for a document. */
export type Outcome = Readonly<Record<string, readonly Mismatch[]>>;

/** Plays exchanges and compares documents, in this process. */
export async function replay(job: Job): Promise<Outcome> {
  const recording = readRecording(job.recordings, job.id);
  const documents = job.documents ? documentsOf(recording) : new Map<string, never>();
  const names = [...job.exchanges.map((index) => `#${index}`), ...documents.keys()];
  const outcome: Record<string, readonly Mismatch[]> = {};
  try {
    const { program, leave } = await startProgram(job.module, recording);
    try {
      await using servers = new Servers(program);
      await playExchanges(job.exchanges, recording, servers, outcome);
      for (const [name, { app, document, handlers }] of documents) {
        outcome[name] = await attempt(async () => [
          ...documentDifferences(
            document,
            JSON.parse(
              JSON.stringify(await servers.app(app).openapi({ responseModels: 'written' })),
            ),
            handlers,
          ),
        ]);
      }
    } finally {
      leave();
    }
  } catch (error) {
    for (const name of names) outcome[name] ??= failure('a program that starts', error);
  }
  return outcome;
}

async function playExchanges(
  indexes: readonly number[],
  recording: Recording,
  servers: Servers,
  outcome: Record<string, readonly Mismatch[]>,
): Promise<void> {
  const answers = new Map<number, Answer>();
  for (const together of conversationsOf(indexes, recording)) {
    const [{ index, exchange }] = together;
    if (!exchange.websocket) {
      outcome[`#${index}`] = await attempt(async () => {
        const answer = await send(
          await servers.serving(exchange),
          wireRequest(bound(exchange, answers)),
        );
        answers.set(index, answer);
        await idle();
        return [...answerDifferences(exchange, answer, recording)];
      });
    } else Object.assign(outcome, await playSockets(together, servers));
  }
}

interface Played {
  readonly index: number;
  readonly exchange: Exchange;
}

/** The exchanges one after the other, but WebSockets of one test, which are open at the same time, together. */
function conversationsOf(
  indexes: readonly number[],
  { exchanges }: Recording,
): [Played, ...Played[]][] {
  const conversations: [Played, ...Played[]][] = [];
  for (const index of indexes) {
    const exchange = exchanges[index];
    if (exchange === undefined) throw new Error(`the recording has no exchange #${index}`);
    const open = conversations.at(-1);
    if (
      open !== undefined &&
      open[0].index + open.length === index &&
      sameConversation(open[0].exchange, exchange)
    )
      open.push({ index, exchange });
    else conversations.push([{ index, exchange }]);
  }
  return conversations;
}

function sameConversation(first: Exchange, other: Exchange): boolean {
  return (
    first.websocket !== undefined &&
    other.websocket !== undefined &&
    other.test === first.test &&
    other.app === first.app
  );
}

async function playSockets(exchanges: readonly Played[], servers: Servers): Promise<Outcome> {
  const sockets: [name: string, SocketReplay][] = [];
  for (const { index, exchange } of exchanges) {
    const socket = new SocketReplay(await servers.serving(exchange), exchange);
    await socket.opened();
    sockets.push([`#${index}`, socket]);
  }
  const results = sockets.map(
    async ([name, socket]) => [name, await attempt(() => socket.play())] as const,
  );
  return Object.fromEntries(await Promise.all(results));
}

async function attempt(run: () => Promise<readonly Mismatch[]>): Promise<readonly Mismatch[]> {
  try {
    return await run();
  } catch (error) {
    return failure('an answer', error);
  }
}

/** FastAPI's test client returns when the background tasks are done. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function failure(expected: string, error: unknown): Mismatch[] {
  return [
    {
      path: '',
      expected,
      actual: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    },
  ];
}
