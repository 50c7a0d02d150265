import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { constants, Script } from 'node:vm';

interface Task {
  readonly text: string;
  readonly name: string;
  readonly args: readonly unknown[];
  /** Path or `file:` address of what called `offload`, and the line. */
  readonly file: string;
  readonly line: number;
}
type Require = (name: string) => unknown;
type Call = (...args: readonly unknown[]) => unknown;

// What compilers to CommonJS make of `import()` calls these.
const namespaceOf = (loaded: object): object => ({ default: loaded, ...loaded });
Object.assign(globalThis, {
  __importStar: namespaceOf,
  _interop_require_wildcard: namespaceOf,
});

const known = new Map<string, Call>();

/** Runs on a thread of the pool; a text is read once. */
async function run(task: Task): Promise<unknown> {
  const { text, name, args, file } = task;
  const key = `${file}\n${text}`;
  let call = known.get(key);
  if (call === undefined) known.set(key, (call = read(task)));
  try {
    return await call(...args);
  } catch (error) {
    if (error instanceof ReferenceError) {
      error.message += `; what offload runs (${name || 'a function'}) sees only its arguments and what it imports itself, as with await import('…')`;
    }
    throw error;
  }
}

/** The function of a text; a method is written without the word `function`. */
function read({ text, file, line }: Task): Call {
  const source = /^(async\s+)?(function\b|\(|[\w$]+\s*=>)/.test(text)
    ? text
    : text.replace(/^(async\s+)?(\*?)/, '$1function$2 ');
  const place =
    file.startsWith('file:') || isAbsolute(file) ? file : join(process.cwd(), 'package.json');
  const script = new Script(`(require) => (${source})`, {
    filename: place,
    lineOffset: line - 1,
    // Without it `import()` would be refused.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return (script.runInThisContext() as (require: Require) => Call)(requireBeside(place));
}

/** Loads what lies beside a file; tests run TypeScript that was never written as JavaScript, and Node reads that too. */
function requireBeside(file: string): Require {
  const load = createRequire(file);
  return (name) => {
    try {
      return load(name) as unknown;
    } catch (error) {
      if (!name.startsWith('.') || (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND')
        throw error;
      return load(name.replace(/(?:\.([cm]?)js)?$/, '.$1ts')) as unknown;
    }
  };
}

export = run;
