import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Compilation } from '@vivace/compiler';
import type { Behaviour, Program } from './description';
import { CACHE, HOME } from './environment';
import { typescriptOf } from './render/typescript';

const RUNNER = join(__dirname, 'run-programs.js');
let batches = 0;

/**
 * Compiles programs as those of a user and runs them, in a process of their own since classes stay for ever.
 *
 * @throws Error when the TypeScript of one has an error: the mistake is the oracle's
 */
export async function runVivace(programs: readonly Program[]): Promise<Behaviour[]> {
  const folder = join(CACHE, `programs-${process.pid}-${batches++}`);
  mkdirSync(folder, { recursive: true });
  try {
    const texts = programs.map(typescriptOf);
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `p${index}.ts`), text);
    compile(folder);
    return await run(folder, programs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder: string): void {
  copyFileSync(join(HOME, 'src/seen.ts'), join(folder, 'seen.ts'));
  const name = basename(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'commonjs' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
  using compilation = new Compilation(folder, join(folder, 'out'));
  compilation.update();
  const [problem] = compilation.problems();
  if (problem !== undefined) {
    const text = existsSync(problem.file) ? readFileSync(problem.file, 'utf8') : '';
    throw new Error(`${problem.file}:${problem.line}: ${problem.message}\n${text}`);
  }
}

const SETTINGS = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: { composite: false, outDir: 'out' },
  exclude: ['out'],
};

async function run(folder: string, programs: readonly Program[]): Promise<Behaviour[]> {
  writeFileSync(join(folder, 'programs.json'), JSON.stringify(programs));
  const child = spawn(process.execPath, [RUNNER, folder], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The process of the programs has ended with ${code}.`);
  return JSON.parse(readFileSync(join(folder, 'behaviours.json'), 'utf8')) as Behaviour[];
}
