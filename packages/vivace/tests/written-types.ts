import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Class } from '../src/declare/class';
import { BootError } from '../src/errors/boot-error';
import type { ClassDefinition, Definition, SideCar } from '../src/reflect/type-data';

export class User {}
export class Team {}

export const user: Definition = {
  kind: 'class',
  line: 7,
  props: { name: { t: 'string' } },
  methods: { greet: { params: [], returns: 'string', line: 9 } },
};
export const team: ClassDefinition = { kind: 'class', line: 3, props: {} };
const registry = globalThis as unknown as Record<symbol, unknown[]>;
const key = Symbol.for('vivace.types');

export let root: string;
let before: unknown[];
beforeEach(() => {
  before = registry[key] ?? [];
  registry[key] = [];
  root = mkdtempSync(join(tmpdir(), 'vivace-types-'));
});
afterEach(() => {
  registry[key] = before;
  rmSync(root, { recursive: true });
});

export function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}
export function sideCar(
  path: string,
  files: Record<string, string>,
  defs: Record<string, Definition>,
  more: Partial<SideCar> = {},
): void {
  const types: SideCar = { v: 1, ts: '7.0.2', root: '.', files, defs, ...more };
  const text = JSON.stringify(types);
  write(path, path.endsWith('.cjs') ? `module.exports = ${text};` : text);
}
export function announce(id: string, type: Class, hash: string, file: string): void {
  registry[key]?.push([id, type, hash, file]);
}
export /** The error at boot that something throws. */
function codeOf(load: () => unknown): BootError {
  try {
    load();
  } catch (error) {
    if (error instanceof BootError) return error;
  }
  throw new Error('no boot error');
}
