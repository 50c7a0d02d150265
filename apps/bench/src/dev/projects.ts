import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from '../checkout.js';

export const FILES = 50;
export const cli = join(
  dirname(createRequire(import.meta.url).resolve('@vivace/cli/package.json')),
  'bin/vivace.js',
);

/** A program that somebody works on. */
export interface WorkedOn {
  readonly root: string;
  /** What it answers with its version. */
  readonly path: string;
  /** Writes a version of a file. */
  save(version: number): void;
}

const controller = (index: number, version: number): string =>
  `import { Controller, Get } from 'vivace';\n@Controller('/c${index}')\nexport class C${index} {\n  @Get()\n  read(): string {\n    return 'version ${version}';\n  }\n}\n`;

/** Controllers in many files; `decorators`: what `tsc` can compile as well, `required`: with the types that it alone does not emit. */
export function plainProject(types: 'required' | 'decorators'): WorkedOn {
  const root = newFolder();
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
  return {
    root,
    path: '/c0',
    save: (version) => writeFileSync(join(root, 'src/c0.ts'), controller(0, version)),
  };
}

/** What `vivace new` makes for an API with a database and jobs, on the PostgreSQL that development brings. */
export function dataProject(): WorkedOn {
  const root = newFolder();
  const args = ['new', root, '--template', 'api', '--no-install', '--no-git', '--yes'];
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const packages = join(root, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync(join(repository, 'node_modules')))
    symlinkSync(join(repository, 'node_modules', name), join(packages, name), 'junction');
  const file = join(root, 'src/posts/posts.controller.ts');
  const text = readFileSync(file, 'utf8');
  const save = (version: number): void =>
    writeFileSync(
      file,
      text.replace(
        '  constructor(',
        `  @Get('/version')\n  version(): string {\n    return 'version ${version}';\n  }\n\n  constructor(`,
      ),
    );
  save(0);
  return { root, path: '/posts/version', save };
}

/** tsc watches no folder as near to the root of the file system as /tmp/x. */
function newFolder(): string {
  return join(mkdtempSync(join(realpathSync(tmpdir()), 'vivace-bench-')), 'project');
}
