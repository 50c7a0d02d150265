import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const OPERATIONS = 500;
export const DTOS = 250;

/** Writes and builds an application of 500 operations and 250 DTOs with the packages of a checkout. */
export function buildBootProgram(folder: string): string {
  const root = join(folder, '.cache', 'boot');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'src'), { recursive: true });
  symlinkSync(join(folder, 'node_modules'), join(root, 'node_modules'), 'junction');
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'boot', type: 'module' }));
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', composite: false, declarationMap: false },
      include: ['src'],
    }),
  );
  for (let number = 0; number < DTOS; number += 1)
    writeFileSync(join(root, `src/part${number}.ts`), part(number));
  writeFileSync(join(root, 'src/main.ts'), main());
  const { resolve } = createRequire(join(folder, 'package.json'));
  const tsc = join(dirname(resolve('typescript/package.json')), 'bin/tsc');
  const types = join(dirname(resolve('@vivace/compiler/package.json')), 'bin/vivace-types.js');
  for (const args of [
    [tsc, '-p', root],
    [types, '--inject', 'dist'],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')}:\n${stdout}${stderr}`);
  }
  return join(root, 'dist/main.js');
}

/** A DTO of ten fields, and a controller that reads and writes it. */
function part(number: number): string {
  return `import { Length, Min } from 'class-validator';
import { Controller, Get, Post, type int } from 'vivace';

export class Item${number} {
  @Length(1, 100) name!: string;
  @Min(0) price!: number;
  @Min(1) quantity: int = 1;
  description?: string;
  tags: string[] = [];
  unit: 'piece' | 'kg' = 'piece';
  createdAt!: Date;
  active = true;
  weight: number | null = null;
  parts: { sku: string; count: int }[] = [];
}

@Controller('/items${number}')
export class Items${number} {
  @Get('/:id')
  read(id: int, limit: int = 20): Item${number}[] {
    return [].slice(id, limit);
  }

  @Post('/')
  create(item: Item${number}): Item${number} {
    return item;
  }
}
`;
}

function main(): string {
  const numbers = Array.from({ length: DTOS }, (_, number) => number);
  return `${numbers.map((number) => `import { Items${number} } from './part${number}.js';`).join('\n')}
import { Vivace } from 'vivace';

const imported = performance.now();
const options = { logger: false, controllers: [${numbers.map((number) => `Items${number}`).join(', ')}] } as const;
const server = await new Vivace(options).build();
await server.fastify.ready();
const ready = performance.now();
await server.close();
const again = await new Vivace(options).build();
await again.fastify.ready();
const twice = performance.now() - ready;
process.send?.({ imported, build: ready - imported, ready, again: twice, memory: process.memoryUsage.rss() });
await again.close();
`;
}
