import { fileURLToPath } from 'node:url';
import { aborted } from './soak/aborted.js';
import { events } from './soak/events.js';
import { line, reached, type Figure } from './soak/figure.js';
import { idle } from './soak/idle.js';
import { mixed } from './soak/mixed.js';
import { slowloris } from './soak/slowloris.js';
import { startSubject, type Subject } from './soak/subject.js';
import { unreliable } from './soak/unreliable.js';
import { uploads } from './soak/uploads.js';

const LOADS: Record<string, (subject: Subject) => Promise<Figure[]>> = {
  mixed: (subject) => mixed(subject, 10),
  idle: (subject) => idle(subject, 10_000, 60),
  aborted: (subject) => aborted(subject, 100_000),
  slowloris: (subject) => slowloris(subject, 2000),
  uploads: (subject) => uploads(subject, 64),
  events: (subject) => events(subject, 2000, 60),
  unreliable: (subject) => unreliable(subject, 100_000, Date.now() % 2 ** 31),
};

const PROGRAM = fileURLToPath(new URL('servers/soak.js', import.meta.url));
/** So that those who fall silent are not waited for. */
const SHORT = { headers: 1, request: 1, stall: 1 };

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in LOADS));
if (unknown !== undefined)
  throw new Error(`There is no load '${unknown}', only ${Object.keys(LOADS).join(', ')}.`);

console.log(`One server under long loads, its client on the same machine, Node ${process.version}`);
for (const name of named.length > 0 ? named : Object.keys(LOADS)) {
  const subject = await startSubject(PROGRAM, name === 'unreliable' ? SHORT : undefined);
  try {
    const began = performance.now();
    const figures = await LOADS[name]!(subject);
    console.log(`\n${name}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
    for (const figure of figures) console.log(line(figure));
    if (!figures.every(reached)) process.exitCode = 1;
  } finally {
    await subject.stop();
  }
}
