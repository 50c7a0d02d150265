import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DesignMap } from '../project/design';
import { replaceFile } from '../types/side-car-file';

/** Where development keeps what metadata takes from other files: Jest transforms one file at a time. */
export function designFile(root: string): string {
  return join(root, '.vivace', 'design.json');
}

export function writeDesign(root: string, design: DesignMap): void {
  replaceFile(designFile(root), `${JSON.stringify(design)}\n`);
}

const read = new Map<string, { readonly time: number; readonly design: DesignMap }>();

/** Reads it once, and again when it was written anew. */
export function readDesign(root: string): DesignMap {
  const file = designFile(root);
  const time = existsSync(file) ? statSync(file).mtimeMs : 0;
  const before = read.get(file);
  if (before?.time === time) return before.design;
  const design = time === 0 ? {} : (JSON.parse(readFileSync(file, 'utf8')) as DesignMap);
  read.set(file, { time, design });
  return design;
}
