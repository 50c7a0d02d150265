import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { MEBI, type Figure } from './figure.js';
import type { Subject } from './subject.js';

const CONNECTIONS = 64;

/** What a client does with a request that it has cut in two at any place. */
type Deed = 'send' | 'stall' | 'leave' | 'leave later' | 'fall silent';

const order = JSON.stringify({ customer: 'Ada', lines: [{ sku: 'A-1', count: 2 }] });
const file = `--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(50_000)}\r\n--x--\r\n`;
const head = (line: string) => `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
const withBody = (line: string, type: string, body: string) =>
  `${head(line)}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const ANSWERED: readonly string[] = [
  `${head('GET /items/7?limit=20')}\r\n`,
  `${head('GET /items/seven')}\r\n`,
  `${head('GET /nowhere')}\r\n`,
  withBody('POST /orders', 'application/json', order),
  withBody('POST /orders', 'application/json', '{"customer": '),
  withBody('POST /files', 'multipart/form-data; boundary=x', file),
];
/** Only the client ends them. */
const ENDLESS: readonly string[] = [`${head('GET /wait')}\r\n`, `${head('GET /events')}\r\n`];

/** Clients that stall, leave or fall silent at any point of their requests. */
export async function unreliable(subject: Subject, count: number, seed: number): Promise<Figure[]> {
  const random = randomOf(seed);
  // What the first ones add is not what each of them adds.
  await send(subject, Math.ceil(count / 10), random);
  const before = await subject.settled(({ held }) => held === 0);
  const deeds = await send(subject, count, random);
  const after = await subject.settled(({ held, open }) => held === 0 && open <= before.open);
  return [
    { name: `requests, with the seed ${seed}`, value: count, unit: '' },
    ...[...deeds].map(([deed, value]) => ({ name: `of which ${deed}`, value, unit: '' })),
    { name: 'dependencies opened', value: after.opened - before.opened, unit: '' },
    { name: 'dependencies left open', value: after.held, unit: '', exactly: 0 },
    { name: 'errors logged', value: after.logged, unit: '', exactly: 0 },
    { name: 'open sockets and files added', value: after.open - before.open, unit: '', most: 0 },
    { name: 'files of uploads left', value: subject.left(), unit: '', exactly: 0 },
    {
      name: 'heap after collection, added',
      value: (after.heap - before.heap) / MEBI,
      unit: 'MiB',
      most: 10,
    },
  ];
}

async function send(
  { port }: Subject,
  count: number,
  random: (below: number) => number,
): Promise<ReadonlyMap<Deed, number>> {
  const deeds = new Map<Deed, number>();
  let left = count;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const deed = deedOf(random(1000));
      deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
      const requests = deed.startsWith('leave') ? [...ANSWERED, ...ENDLESS] : ANSWERED;
      const request = requests[random(requests.length)]!;
      await one(port, request, random(request.length), deed, random(20));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return deeds;
}

/** One in a thousand waits for a time-out of the server. */
function deedOf(one: number): Deed {
  if (one === 0) return 'fall silent';
  if (one < 300) return 'send';
  if (one < 500) return 'stall';
  return one < 800 ? 'leave' : 'leave later';
}

async function one(
  port: number,
  request: string,
  at: number,
  deed: Deed,
  milliseconds: number,
): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const closed = once(socket, 'close');
  socket.resume();
  await Promise.race([once(socket, 'connect'), closed]);
  socket.write(request.slice(0, at));
  if (deed === 'leave') socket.destroy();
  if (deed === 'stall') await delay(milliseconds);
  if (deed !== 'fall silent' && deed !== 'leave') socket.write(request.slice(at));
  if (deed === 'leave later') {
    await delay(milliseconds);
    socket.destroy();
  }
  await closed;
}

/** Whole numbers below a limit, the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
