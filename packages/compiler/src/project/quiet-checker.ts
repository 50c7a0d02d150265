import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Starts TypeScript's checker so that what it writes goes to a file: Ctrl-C reaches it together with us, and it would write of a
 * canceled context into the terminal.
 *
 * @returns the program to start; undefined where the checker is started as it is
 */
export function quietChecker(directory: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    const typescript = createRequire(require.resolve('typescript/package.json'));
    const native = typescript.resolve(
      `@typescript/typescript-${process.platform}-${process.arch}/package.json`,
    );
    const script = join(directory, '.vivace', 'checker');
    replace(
      script,
      `#!/bin/sh\nexec ${quoted(join(dirname(native), 'lib/tsc'))} "$@" 2>${quoted(`${script}.log`)}\n`,
    );
    accessSync(script, constants.X_OK);
    return script;
  } catch {
    // Another kind of installation, or a disk that runs nothing.
    return undefined;
  }
}

/** At once, for another command may be starting it. */
function replace(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o755 });
  renameSync(draft, file);
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
