import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.js';

/** Save → answer of the new version, of `vivace dev` and of `tsc --watch` with `node --watch`, on one project in one run. */
const FILES = 50;
const ROUNDS = 9;
const PATIENCE = 20_000;
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const cli = join(dirname(resolve('@vivace/cli/package.json')), 'bin/vivace.js');
const tsc = join(dirname(resolve('typescript/package.json')), 'bin/tsc');

const controller = (index: number, version: number): string =>
  `import { Controller, Get } from 'vivace';\n@Controller('/c${index}')\nexport class C${index} {\n  @Get()\n  read(): string {\n    return 'version ${version}';\n  }\n}\n`;

/** `decorators`: what both can run; `required`: with the types that tsc alone does not emit. */
type Types = 'required' | 'decorators';

function project(types: Types): string {
  // tsc watches no folder as near to the root of the file system as /tmp/x.
  const root = join(mkdtempSync(join(realpathSync(tmpdir()), 'vivace-bench-')), 'project');
  const numbers = Array.from({ length: FILES - 2 }, (_, index) => index);
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    rootDir: 'src',
    outDir: 'dist',
  };
  const imports = numbers.map((index) => `import { C${index} } from './c${index}.js';\n`).join('');
  const list = numbers.map((index) => `C${index}`).join(', ');
  mkdirSync(join(root, 'src'), { recursive: true });
  for (const index of numbers) writeFileSync(join(root, `src/c${index}.ts`), controller(index, 0));
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'bench', type: 'module', dependencies: { vivace: '*' } }),
  );
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  writeFileSync(
    join(root, 'src/app.ts'),
    `import { Vivace } from 'vivace';\n${imports}export const app = new Vivace({ types: '${types}', logger: false, controllers: [${list}] });\n`,
  );
  writeFileSync(
    join(root, 'src/main.ts'),
    "import { app } from './app.js';\nawait app.listen();\n",
  );
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

async function answer(port: number, version: number): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < PATIENCE) {
    const text = await fetch(`http://127.0.0.1:${port}/c0`).then(
      (response) => response.text(),
      () => '',
    );
    if (text === `"version ${version}"`) return performance.now() - begun;
    await delay(5);
  }
  throw new Error(`Version ${version} did not come within ${PATIENCE / 1000} s.`);
}

async function measure(
  name: string,
  types: Types,
  port: number,
  commands: readonly (readonly string[])[],
): Promise<number> {
  const root = project(types);
  const children: ChildProcess[] = [];
  const times: number[] = [];
  try {
    for (const args of commands) {
      children.push(
        spawn(process.execPath, args, {
          cwd: root,
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: true,
          env: { ...process.env, PORT: String(port) },
        }),
      );
      if (commands.length > 1 && children.length === 1) await delay(5000);
    }
    await answer(port, 0);
    for (let version = 1; version <= ROUNDS; version++) {
      await delay(300);
      writeFileSync(join(root, 'src/c0.ts'), controller(0, version));
      times.push(await answer(port, version));
    }
  } finally {
    // tsc is a process below the one that was started.
    for (const { pid } of children) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
    await delay(300);
    rmSync(dirname(root), { recursive: true, force: true });
  }
  const middle = median(times);
  console.log(
    `${name.padEnd(28)} ${Math.round(middle)} ms  (${times.map((time) => Math.round(time)).join(' ')})`,
  );
  return middle;
}

console.log(`Save to answer, ${FILES} files, median of ${ROUNDS}:`);
const vivace = await measure('vivace dev', 'decorators', 8491, [[cli, 'dev']]);
const plain = await measure('tsc --watch, node --watch', 'decorators', 8492, [
  [tsc, '--watch', '--preserveWatchOutput'],
  ['--watch', 'dist/main.js'],
]);
await measure('vivace dev, compiled types', 'required', 8493, [[cli, 'dev']]);
console.log(`${(plain / vivace).toFixed(1)} times as fast`);
process.exit();
