import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { classOrigins } from './class-origins';
import { pack, type Thrown } from './thrown';

/** A call of a function of a module. */
export interface Task {
  readonly file: string;
  readonly name: string;
  readonly args: readonly unknown[];
  /** Which arguments are signals. */
  readonly signals: readonly number[];
}
/** How a call ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly error: Thrown };

type Namespace = Readonly<Record<string, unknown>>;

const findOrigin = classOrigins();
let readsTypeScript = false;

/** What a thread of the pool does. */
async function work({ file, name, args, signals }: Task): Promise<Outcome> {
  try {
    const call = functionOf(await load(file), name, file);
    // A signal that is aborted ends this thread, so that nothing here ever sees it.
    const given = args.map((argument, at) =>
      signals.includes(at) ? new AbortController().signal : argument,
    );
    return { kind: 'returned', value: await call(...given) };
  } catch (error) {
    return { kind: 'thrown', error: await pack(error, findOrigin) };
  }
}

function functionOf(
  module: Namespace,
  name: string,
  file: string,
): (...args: readonly unknown[]) => unknown {
  const found = module[name];
  if (typeof found === 'function') return found as (...args: readonly unknown[]) => unknown;
  const names = Object.keys(module)
    .filter((each) => typeof module[each] === 'function')
    .toSorted();
  throw new TypeError(
    `offload: ${file} exports no function '${name}', only ${names.join(', ') || 'none at all'}.`,
  );
}

async function load(file: string): Promise<Namespace> {
  if (/\.[cm]?tsx?$/.test(file)) readTypeScript(file);
  try {
    return require(file) as Namespace;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return (await import(pathToFileURL(file).href)) as Namespace;
  }
}

/** By the same transform as everything else in tests; without it Node reads what it can. */
function readTypeScript(file: string): void {
  if (readsTypeScript) return;
  readsTypeScript = true;
  let compiler: { registerTypeScript(): void };
  try {
    compiler = createRequire(file)('@vivace/compiler') as typeof compiler;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return;
    throw error;
  }
  compiler.registerTypeScript();
}

export default work;
