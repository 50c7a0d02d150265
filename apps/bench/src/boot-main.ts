import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { buildBootProgram, DTOS, OPERATIONS } from './boot-program.js';
import { checkout, repository } from './checkout.js';
import { median } from './statistics.js';

/** Milliseconds since the process began, and bytes. */
interface Start {
  readonly imported: number;
  /** Of the build: until what the compiler wrote of the types is read and checked. */
  readonly types: number;
  readonly build: number;
  readonly ready: number;
  readonly again: number;
  readonly memory: number;
}

async function start(program: string): Promise<Start> {
  const child = fork(program, { env: { ...process.env, NODE_ENV: 'production' } });
  const [figures] = (await once(child, 'message')) as [Start];
  await once(child, 'exit');
  return figures;
}

const { values } = parseArgs({ options: { against: { type: 'string' } } });
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const programs = [
  { name: 'here', program: buildBootProgram(repository) },
  ...(values.against === undefined
    ? []
    : [{ name: values.against, program: buildBootProgram(checkout(values.against)) }]),
];
const starts = new Map(programs.map(({ name }) => [name, [] as Start[]]));
for (let round = 0; round < rounds; round += 1)
  for (const { name, program } of programs) starts.get(name)?.push(await start(program));

console.log(
  `${OPERATIONS} operations with ${DTOS} DTOs, median of ${rounds} starts on Node ${process.version}\n`,
);
console.log('            imported    build  of it types    ready   second build   memory');
for (const [name, all] of starts) {
  const of = (key: keyof Start) => Math.round(median(all.map((one) => one[key])));
  const columns = [
    name.padEnd(10),
    `${of('imported')} ms`.padStart(9),
    `${of('build')} ms`.padStart(8),
    `${of('types')} ms`.padStart(12),
    `${of('ready')} ms`.padStart(8),
    `${of('again')} ms`.padStart(14),
    `${Math.round(of('memory') / 2 ** 20)} MiB`.padStart(8),
  ];
  console.log(columns.join(' '));
}
