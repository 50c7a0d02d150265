import { Secret } from 'vivace';

/** Names whose values nobody may read later, however they are written. */
const NAMES = ['authorization', 'proxyauthorization', 'cookie', 'setcookie'];
/** Such as `userPassword`, `DB_PASSWORD`, `password_hash`, `x-api-key`. */
const ENDINGS =
  /(?:token|(?:password|passwd|pwd|passphrase|secret|apikey|privatekey|credential)s?)(?:hash)?$/;
const HIDDEN = '[redacted]';
const UNREADABLE = '[unreadable]';
/** Deeper than this nothing is shown: it is not looked at. */
const DEPTH = 12;

/** The names of fields that are never shown, those of the program among them. */
export function redactedNames(more: readonly string[]): ReadonlySet<string> {
  return new Set([...NAMES, ...more.map(plain)]);
}

export function isRedacted(names: ReadonlySet<string>, name: string): boolean {
  const letters = plain(name);
  return names.has(letters) || ENDINGS.test(letters);
}

/** `Set-Cookie`, `set_cookie` and `setCookie` are one name. */
function plain(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}

/**
 * What is left of the fields of a log line when those are hidden whose names say so, at any depth,
 * and every `Secret`. What holds none of them is given as it is.
 */
export function redacted(
  names: ReadonlySet<string>,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const shown = hidden(names, fields);
  return typeof shown === 'object' ? (shown as Record<string, unknown>) : { fields: shown };
}

/** The same of any value, such as one field has. */
export function hidden(names: ReadonlySet<string>, value: unknown): unknown {
  return withoutSecrets(names, value, 0, new Set());
}

function withoutSecrets(
  names: ReadonlySet<string>,
  value: unknown,
  depth: number,
  around: ReadonlySet<object>,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    if (value instanceof Secret) return HIDDEN;
    return shownOf(names, value, depth, around);
  } catch {
    // A getter has thrown: a line of the log is no reason to fail.
    return UNREADABLE;
  }
}

function shownOf(
  names: ReadonlySet<string>,
  value: object,
  depth: number,
  around: ReadonlySet<object>,
): unknown {
  if (depth === DEPTH || around.has(value)) return '[…]';
  const inside = new Set(around).add(value);
  const next = (item: unknown): unknown => withoutSecrets(names, item, depth + 1, inside);
  if (Array.isArray(value))
    return changed(value, isPair(names, value) ? [value[0], HIDDEN] : value.map(next));
  if (value instanceof Map || value instanceof Headers || value instanceof URLSearchParams)
    return next(Object.fromEntries(value as Iterable<[string, unknown]>));
  if (value instanceof Set) return [...value].map(next);
  if (ArrayBuffer.isView(value)) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const json: unknown = value.toJSON();
    const shown = next(json);
    return shown === json ? value : shown;
  }
  if (!isPlain(value)) return value;
  const fields = Object.keys(value).map((name): Field => {
    const item = fieldOf(value, name);
    const shown = isRedacted(names, name) && isShown(item) ? HIDDEN : next(item);
    return { name, shown, isHidden: shown !== item || item === UNREADABLE };
  });
  const hidden = fields.filter(({ isHidden }) => isHidden).map(pairOf);
  if (isError(value) && 'errors' in value) hidden.push(...hiddenErrors(value.errors, next));
  if (hidden.length === 0) return value;
  // An error stays one: what the copy does not say itself is that of the error.
  return isError(value)
    ? Object.create(value, describe(hidden))
    : Object.fromEntries(fields.map(pairOf));
}

interface Field {
  readonly name: string;
  readonly shown: unknown;
  readonly isHidden: boolean;
}

function pairOf({ name, shown }: Field): readonly [string, unknown] {
  return [name, shown];
}

/** One getter that throws is no reason to show nothing of the others. */
function fieldOf(value: object, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return UNREADABLE;
  }
}

/** Those of an AggregateError, which a logger shows though they cannot be enumerated. */
function hiddenErrors(errors: unknown, next: (item: unknown) => unknown) {
  const shown = next(errors);
  return shown === errors ? [] : [['errors', shown] as const];
}

/** An entry of a Map, of headers or of a form. */
function isPair(names: ReadonlySet<string>, value: readonly unknown[]): boolean {
  const [name, item] = value;
  return value.length === 2 && typeof name === 'string' && isRedacted(names, name) && isShown(item);
}

/** That something is missing is no secret. */
function isShown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';
}

function changed(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.some((item, index) => item !== before[index]) ? after : before;
}

/** What JSON writes field by field; a request or a socket of Node is for its serializer. */
function isPlain(value: object): boolean {
  return isError(value) || Object.getPrototypeOf(value) === null || isRecord(value);
}

function isRecord(value: object): boolean {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && !NODES.has(constructor.name);
}

const NODES: ReadonlySet<string> = new Set([
  'IncomingMessage',
  'ServerResponse',
  'Socket',
  'TLSSocket',
  'Server',
  'Request',
  'Reply',
  '_Request',
  '_Reply',
]);

function isError(value: object): boolean {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function describe(fields: readonly (readonly [string, unknown])[]): PropertyDescriptorMap {
  return Object.fromEntries(
    fields.map(([name, value]) => [name, { value, enumerable: true, configurable: true }]),
  );
}
