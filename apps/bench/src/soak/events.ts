import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../statistics.js';
import type { Figure } from './figure.js';
import { connectAll } from './connections.js';
import type { Subject } from './subject.js';

const REQUEST = 'GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Readers of an event each second, of whom a tenth leaves and comes anew every ten seconds. */
export async function events(subject: Subject, count: number, seconds: number): Promise<Figure[]> {
  const before = await subject.settled(({ held }) => held === 0);
  const late: number[] = [];
  const listen = async (amount: number): Promise<Socket[]> => {
    const sockets = await connectAll(subject.port, amount);
    for (const socket of sockets) {
      socket.setEncoding('utf8').on('data', (text: string) => {
        for (const [, at] of text.matchAll(/"at":(\d+)/g)) late.push(Date.now() - Number(at));
      });
      socket.write(REQUEST);
    }
    return sockets;
  };
  let readers = await listen(count);
  for (let passed = 10; passed <= seconds; passed += 10) {
    await delay(10_000);
    for (const gone of readers.splice(0, count / 10)) gone.destroy();
    readers = [...readers, ...(await listen(count / 10))];
  }
  const { held } = await subject.settled((census) => census.held === count);
  for (const reader of readers) reader.destroy();
  const after = await subject.settled((census) => census.held === 0 && census.open <= before.open);
  return [
    { name: 'readers at the end', value: held, unit: '', exactly: count },
    { name: 'events read', value: late.length, unit: '' },
    {
      name: 'from the handler to the reader, 99th percentile',
      value: quantile(late, 0.99),
      unit: 'ms',
      most: 200,
    },
    { name: 'streams left open after all had left', value: after.held, unit: '', exactly: 0 },
    { name: 'open sockets and files added', value: after.open - before.open, unit: '', most: 0 },
  ];
}
