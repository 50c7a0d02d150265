import { MEBI, type Figure } from './figure.js';
import { connectAll } from './connections.js';
import type { Subject } from './subject.js';

const REQUEST = 'GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Clients that leave while their request is worked on. */
export async function aborted(subject: Subject, count: number): Promise<Figure[]> {
  // What the first ones add is not what each of them adds.
  await leave(subject, 40_000);
  const before = await subject.settled(({ held }) => held === 0);
  await leave(subject, count);
  const after = await subject.settled(({ held, open }) => held === 0 && open <= before.open);
  return [
    {
      name: 'requests whose client left',
      value: after.opened - before.opened,
      unit: '',
      exactly: count,
    },
    { name: 'dependencies left open', value: after.held, unit: '', exactly: 0 },
    { name: 'open sockets and files added', value: after.open - before.open, unit: '', most: 0 },
    {
      name: 'resident memory added',
      value: (after.resident - before.resident) / MEBI,
      unit: 'MiB',
      most: 20,
    },
  ];
}

async function leave(subject: Subject, count: number): Promise<void> {
  let { opened } = await subject.census();
  for (let left = count; left > 0; left -= 500) {
    const sockets = await connectAll(subject.port, Math.min(left, 500));
    for (const socket of sockets) socket.write(REQUEST);
    opened += sockets.length;
    await subject.settled((census) => census.opened >= opened);
    for (const socket of sockets) socket.destroy();
  }
}
