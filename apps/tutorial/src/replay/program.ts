import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Recording } from './recording';
import type { Override, Vivace } from 'vivace';

/** What a program may export. */
export interface Program {
  readonly app?: Vivace;
  readonly apps?: Readonly<Record<string, Vivace>>;
  readonly overrides?: Readonly<Record<string, Override>>;
  readonly setup?: (directory: string) => unknown;
}

/** Loads a program afresh, in a directory of its own that holds the files of the recording. */
export async function startProgram(
  module: string,
  recording: Recording,
): Promise<{ program: Program; leave: () => void }> {
  const home = process.cwd();
  const directory = mkdtempSync(join(tmpdir(), 'vivace-replay-'));
  const before = new Set(Object.keys(require.cache));
  const leave = (): void => {
    process.chdir(home);
    rmSync(directory, { recursive: true, force: true });
    forget(before, module);
  };
  try {
    for (const [name, file] of Object.entries(recording.setup?.files ?? {})) {
      const path = join(directory, name);
      mkdirSync(dirname(path), { recursive: true });
      const base64 = file.base64 ?? (file.base64_from && base64At(recording, file.base64_from));
      writeFileSync(path, base64 ? Buffer.from(base64, 'base64') : (file.text ?? ''));
    }
    process.chdir(directory);
    const program = createRequire(module)(module) as Program;
    await program.setup?.(directory);
    return { program, leave };
  } catch (error) {
    leave();
    throw error;
  }
}

/** Forgets the program and the modules beside it, so that the next one finds no state of theirs. */
function forget(before: ReadonlySet<string>, module: string): void {
  const root = module.slice(
    0,
    Math.max(module.lastIndexOf('/tutorial/'), module.lastIndexOf('/deep/')),
  );
  for (const path of Object.keys(require.cache)) {
    if (!before.has(path) && path.startsWith(root) && !path.includes('/node_modules/'))
      delete require.cache[path];
  }
}

function base64At(recording: Recording, path: string): string {
  return String(
    path
      .slice(1)
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], recording),
  );
}
