import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Task {
  readonly text: string;
  readonly name: string;
  readonly args: readonly unknown[];
}
type Call = (...args: readonly unknown[]) => unknown;

// What compilers to CommonJS make of `import()` calls these.
const namespaceOf = (loaded: object): object => ({ default: loaded, ...loaded });
Object.assign(globalThis, {
  require: createRequire(join(process.cwd(), 'package.json')),
  __importStar: namespaceOf,
  _interop_require_wildcard: namespaceOf,
});

const known = new Map<string, Call>();

/** Runs on a thread of the pool; a text is read once. */
async function run({ text, name, args }: Task): Promise<unknown> {
  let call = known.get(text);
  if (call === undefined) known.set(text, (call = read(text)));
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
function read(text: string): Call {
  const source = /^(async\s+)?(function\b|\(|[\w$]+\s*=>)/.test(text) ? text : text.replace(/^(async\s+)?(\*?)/, '$1function$2 ');
  // oxlint-disable-next-line no-eval -- the text is that of a function of the program itself
  return (0, eval)(`(${source})`) as Call;
}

export = run;
