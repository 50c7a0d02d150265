/** Where a class is found: the name of its export, and the file; a class of JavaScript has none. */
export interface ClassOrigin {
  readonly exported: string;
  readonly file?: string;
}

/** An error that goes to another thread: a copy alone has neither its class nor its own fields. */
interface PackedError {
  readonly kind: 'error';
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly origin: ClassOrigin;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Undefined where it has none. */
  readonly cause: Thrown | undefined;
}

/** What was thrown, as it goes to another thread. */
export type Thrown = PackedError | { readonly kind: 'value'; readonly value: unknown };

/** A class, as far as it is looked for. */
export type ErrorClass = abstract new (...args: never[]) => object;
type FindClass = (type: ErrorClass) => Promise<ClassOrigin | undefined>;

const OWN = new Set(['name', 'message', 'stack', 'cause']);
const globals = globalThis as unknown as Readonly<Record<string, unknown>>;

/** @param find finds the classes that are not JavaScript's own */
export async function pack(thrown: unknown, find: FindClass): Promise<Thrown> {
  if (!(thrown instanceof Error) || thrown instanceof DOMException)
    return { kind: 'value', value: copyOf(thrown) ?? String(thrown) };
  const { name, message, stack, cause } = thrown;
  const fields = Object.getOwnPropertyNames(thrown)
    .filter((field) => !OWN.has(field))
    .map((field) => [field, copyOf(Reflect.get(thrown, field))] as const)
    .filter(([, copy]) => copy !== undefined);
  return {
    kind: 'error',
    name,
    message,
    stack,
    origin: await originOf(thrown.constructor as ErrorClass, find),
    fields: Object.fromEntries(fields),
    cause: cause === undefined ? undefined : await pack(cause, find),
  };
}

/** The error again, of the class that this thread knows. */
export function unpack(thrown: Thrown): unknown {
  if (thrown.kind === 'value') return thrown.value;
  const { name, message, stack, origin, fields, cause } = thrown;
  const error = new Error(message, cause && { cause: unpack(cause) });
  const type = classAt(origin);
  if (type !== undefined) Object.setPrototypeOf(error, type.prototype as object);
  const define = (field: string, value: unknown, enumerable = false): unknown =>
    Object.defineProperty(error, field, { value, enumerable, configurable: true, writable: true });
  define('stack', stack);
  if (error.name !== name) define('name', name);
  for (const [field, value] of Object.entries(fields)) define(field, value, true);
  return error;
}

/** A class that is exported nowhere is replaced by the one that it extends. */
async function originOf(type: ErrorClass, find: FindClass): Promise<ClassOrigin> {
  for (let each: ErrorClass | null = type; typeof each === 'function';) {
    if (globals[each.name] === each) return { exported: each.name };
    const found = await find(each);
    if (found !== undefined) return found;
    each = Object.getPrototypeOf(each) as ErrorClass | null;
  }
  return { exported: 'Error' };
}

function classAt({ exported, file }: ClassOrigin): ErrorClass | undefined {
  try {
    // What checks the class has loaded its module long ago.
    const found = file === undefined ? globals[exported] : exportOf(require(file), exported);
    return typeof found === 'function' && found.prototype instanceof Object
      ? (found as unknown as ErrorClass)
      : undefined;
  } catch {
    return undefined;
  }
}

/** An export of a module, by its name; `module.exports` is all that the module exports. */
export function exportOf(exports: unknown, name: string): unknown {
  if (name === WHOLE) return exports;
  return typeof exports === 'object' && exports !== null ? Reflect.get(exports, name) : undefined;
}
export const WHOLE = 'module.exports';

/** Undefined for what cannot be copied. */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}
