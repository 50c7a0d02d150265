import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cli, dataProject, FILES, plainProject, type WorkedOn } from './dev/projects.js';
import { median } from './statistics.js';

/** Save → answer of the new version: of `vivace dev`, and of `tsc --watch` with `node --watch` or of a bare start of the same program. */
const ROUNDS = 9;
const PATIENCE = 60_000;
const tsc = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin/tsc',
);
let port = 8491;

async function answer(path: string, version: number): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < PATIENCE) {
    const text = await fetch(`http://127.0.0.1:${port}${path}`).then(
      (response) => response.text(),
      () => '',
    );
    if (text === `"version ${version}"`) return performance.now() - begun;
    await delay(5);
  }
  throw new Error(`Version ${version} did not come within ${PATIENCE / 1000} s.`);
}

function begin(root: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: root,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { ...process.env, PORT: String(port) },
  });
}

/** tsc is a process below the one that was started. */
async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await ended;
}

async function saves({ root, path, save }: WorkedOn, commands: readonly (readonly string[])[]) {
  const children: ChildProcess[] = [];
  const times: number[] = [];
  port += 1;
  try {
    for (const args of commands) {
      children.push(begin(root, args));
      if (commands.length > 1 && children.length === 1) await delay(5000);
    }
    await answer(path, 0);
    for (let version = 1; version <= ROUNDS; version++) {
      await delay(1000);
      save(version);
      times.push(await answer(path, version));
    }
  } finally {
    await Promise.all(children.map(end));
  }
  return times;
}

/** What was built starts from nothing but what the file system and Node remember. */
async function starts({ root, path, save }: WorkedOn): Promise<readonly number[]> {
  save(0);
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout + stderr);
  const times: number[] = [];
  port += 1;
  for (let round = 0; round < ROUNDS; round++) {
    const child = begin(root, ['--enable-source-maps', 'dist/main.js']);
    try {
      times.push(await answer(path, 0));
    } finally {
      await end(child);
    }
  }
  return times;
}

function print(name: string, times: readonly number[]): number {
  const middle = median(times);
  const all = times.map((time) => Math.round(time)).join(' ');
  console.log(`${name.padEnd(34)} ${Math.round(middle)} ms  (${all})`);
  return middle;
}

async function inProject<T>(project: WorkedOn, run: (project: WorkedOn) => Promise<T>): Promise<T> {
  try {
    return await run(project);
  } finally {
    rmSync(dirname(project.root), { recursive: true, force: true });
  }
}

const dev = [[cli, 'dev']];
console.log(`Save to answer, median of ${ROUNDS}.\n\n${FILES} files of controllers:`);
const vivace = await inProject(plainProject('decorators'), (project) => saves(project, dev));
const plain = await inProject(plainProject('decorators'), (project) =>
  saves(project, [
    [tsc, '--watch', '--preserveWatchOutput'],
    ['--watch', 'dist/main.js'],
  ]),
);
const compiled = await inProject(plainProject('required'), (project) => saves(project, dev));
const ours = print('vivace dev', vivace);
const theirs = print('tsc --watch, node --watch', plain);
print('vivace dev, compiled types', compiled);
console.log(`${(theirs / ours).toFixed(1)} times as fast\n\nA project with a database and jobs:`);
await inProject(dataProject(), async (project) => {
  print('vivace dev', await saves(project, dev));
  print('a start of what was built', await starts(project));
});
process.exit();
