import { join } from 'node:path';
import { buildGeneratedProgram } from './generated-program.js';

export const OPERATIONS = 500;
export const DTOS = 250;

/** Writes and builds an application of 500 operations and 250 DTOs with the packages of a checkout. */
export function buildBootProgram(folder: string): string {
  const parts = Array.from({ length: DTOS }, (_, number) => [`part${number}.ts`, part(number)]);
  const sources = Object.fromEntries(parts) as Record<string, string>;
  return buildGeneratedProgram(folder, 'boot', { ...sources, 'main.ts': main(folder) });
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

function main(folder: string): string {
  const load = join(folder, 'packages/vivace/dist/reflect/load.js');
  const numbers = Array.from({ length: DTOS }, (_, number) => number);
  return `${numbers.map((number) => `import { Items${number} } from './part${number}.js';`).join('\n')}
import { createRequire } from 'node:module';
import { Vivace } from 'vivace';

// The module that the build asks as well: what it has read once it keeps.
const { loadTypes } = createRequire(import.meta.url)(${JSON.stringify(load)});
const imported = performance.now();
loadTypes({ mode: 'required' });
const types = performance.now() - imported;
const options = { logger: false, controllers: [${numbers.map((number) => `Items${number}`).join(', ')}] } as const;
const server = await new Vivace(options).build();
await server.fastify.ready();
const ready = performance.now();
await server.close();
const again = await new Vivace(options).build();
await again.fastify.ready();
const twice = performance.now() - ready;
process.send?.({ imported, types, build: ready - imported, ready, again: twice, memory: process.memoryUsage.rss() });
await again.close();
`;
}
