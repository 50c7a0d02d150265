import { MEBI, type Figure } from './figure.js';
import type { Subject } from './subject.js';

const FILE = new Blob([new Uint8Array(16 * MEBI)]);
const AT_ONCE = 16;

/** Files of 16 MiB, sixteen at a time. */
export async function uploads(subject: Subject, count: number): Promise<Figure[]> {
  await send(subject, AT_ONCE);
  const before = await subject.settled(({ open }) => open < AT_ONCE);
  let most = 0;
  let wrong = 0;
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    wrong += await send(subject, AT_ONCE);
    most = Math.max(most, (await subject.census()).resident);
  }
  return [
    { name: 'uploaded', value: (count * FILE.size) / MEBI, unit: 'MiB' },
    { name: 'answers that were wrong', value: wrong, unit: '', exactly: 0 },
    {
      name: 'resident memory added at most',
      value: (most - before.resident) / MEBI,
      unit: 'MiB',
      most: 60,
    },
    { name: 'temporary files left', value: subject.left(), unit: '', exactly: 0 },
  ];
}

async function send(subject: Subject, count: number): Promise<number> {
  const right = await Promise.all(
    Array.from({ length: count }, async () => {
      const body = new FormData();
      body.append('file', FILE, 'zeros.bin');
      const response = await fetch(`${subject.url}/files`, { method: 'POST', body });
      return response.ok && ((await response.json()) as { size: number }).size === FILE.size;
    }),
  );
  return right.filter((ok) => !ok).length;
}
