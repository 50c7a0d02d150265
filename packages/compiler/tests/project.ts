import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const base = join(__dirname, '..', '.vivace', 'projects');
const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
export const compilerOptions = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  sourceMap: true,
  declaration: true,
  declarationMap: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
};

/** A small project on disk, below this package so that installed packages resolve. */
export class TestProject implements Disposable {
  readonly root: string;

  /** @param files texts by path; `type` is that of the package, `options` are those of its compiler */
  constructor(
    files: Record<string, string>,
    { name = 'shop', type = 'commonjs', options = {} } = {},
  ) {
    mkdirSync(base, { recursive: true });
    this.root = mkdtempSync(join(base, 'p'));
    this.write({
      'package.json': JSON.stringify({ name, type, private: true }),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...compilerOptions, ...options },
        include: ['src'],
      }),
      ...files,
    });
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), text);
    }
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** Compiles it, or a package inside it; throws what the compiler says. */
  tsc(directory = '.'): void {
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', this.path(directory)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stdout);
  }

  /** Runs a program and gives what it prints. */
  run(script: string, ...args: string[]): string {
    return execFileSync(process.execPath, [...args, this.path(script)], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What stands for vivace in these projects: its tagged number, and `dependency`. */
export const vivace = {
  'node_modules/vivace/package.json': JSON.stringify({
    name: 'vivace',
    version: '1.0.0',
    main: 'index.js',
    types: 'index.d.ts',
  }),
  'node_modules/vivace/index.js': 'exports.dependency = (...args) => args;',
  'node_modules/vivace/index.d.ts': `declare const tag: unique symbol;
export type int = number & { readonly [tag]?: 'int' };
export declare function dependency(...args: unknown[]): unknown;`,
};
