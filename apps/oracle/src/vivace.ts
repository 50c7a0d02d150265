import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Compilation } from '@vivace/compiler';
import type { Behaviour, Program } from './description';
import { CACHE, HOME } from './environment';
import { typescriptOf } from './render/typescript';
import { validatedText, type Validated, type Verdicts } from './validated';

/**
 * What programs do, compiled as those of a user.
 *
 * @throws Error when the TypeScript of one has an error: the mistake is the oracle's
 */
export function runVivace(programs: readonly Program[]): Promise<Behaviour[]> {
  return compiledAndRun(programs.map(typescriptOf), programs, 'run-programs.js');
}

/** What Vivace and class-validator say of values. */
export function verdictsOf(all: readonly Validated[]): Promise<(readonly Verdicts[])[]> {
  return compiledAndRun(all.map(validatedText), all, 'run-validated.js');
}

let batches = 0;

/** In a process of their own, since classes stay for ever. */
async function compiledAndRun<Result>(
  texts: readonly string[],
  subjects: readonly unknown[],
  runner: string,
): Promise<Result[]> {
  if (texts.length === 0) return [];
  const folder = join(CACHE, `programs-${process.pid}-${batches++}`);
  mkdirSync(folder, { recursive: true });
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `p${index}.ts`), text);
    compile(folder);
    writeFileSync(join(folder, 'subjects.json'), JSON.stringify(subjects));
    const child = spawn(process.execPath, [join(HOME, 'dist', runner), folder], {
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`The process of the programs has ended with ${code}.`);
    return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Result[];
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
