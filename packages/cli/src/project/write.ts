import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../terminal/user-error';
import { shown } from './entry';

/** Writes a file, and the folders it stands in. */
export function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new UserError(
      `${shown(file)} could not be written: ${(cause as Error).message}.`,
      undefined,
      { cause },
    );
  }
}
