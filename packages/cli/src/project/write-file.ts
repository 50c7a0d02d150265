import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../terminal/user-error';
import { shownPath } from '../terminal/shown-path';

/** Writes a file and makes its folders. */
export function writeFile(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new UserError(
      `${shownPath(file)} could not be written: ${(cause as Error).message}.`,
      undefined,
      { cause },
    );
  }
}
