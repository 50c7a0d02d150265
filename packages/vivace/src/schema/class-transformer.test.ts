import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Expose } from 'class-transformer';
import { IsString } from 'class-validator';
import { loadTypes } from '../reflect/load';
import type { Class } from '../declare/class';
import { builderFor } from './builders';

/** Loads a copy of class-transformer's storage that says how often somebody looked into it. */
function secondCopy(storage: string): { readonly looks: number } {
  const folder = join(mkdtempSync(join(tmpdir(), 'copies-')), 'class-transformer/cjs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'storage.js');
  writeFileSync(
    file,
    `let looks = 0;
    const storage = ${storage};
    Object.defineProperty(exports, 'defaultMetadataStorage', { get: () => (looks++, storage) });
    Object.defineProperty(exports, 'looks', { get: () => looks });`,
  );
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as { readonly looks: number };
}

function build(classes: number): void {
  const builder = builderFor(loadTypes({ mode: 'decorators' }), {
    extra: 'ignore',
    strict: false,
  });
  for (let count = 0; count < classes; count += 1) builder.fromClass(dto(), {});
}

function dto(): Class {
  class Item {
    @Expose() @IsString() name = '';
  }
  return Item;
}

test('a build looks once for a second copy, however many classes it has', () => {
  const copy = secondCopy('{ _typeMetadatas: new Map(), _exposeMetadatas: new Map() }');
  build(20);
  expect(copy.looks).toBe(1);
  build(40);
  expect(copy.looks).toBe(2);
});

test('a second copy that holds decorators is refused', () => {
  secondCopy('{ _typeMetadatas: new Map(), _exposeMetadatas: new Map([[class {}, new Map()]]) }');
  expect(() => build(1)).toThrow('a second copy of class-transformer holds decorators');
});
