import type { Issue } from '../errors/issue';
import { childAt, some } from '../schema/visit';
import type { Schema } from '../schema/schema';
import { setOwn } from './properties';

export const MASK = '**********';

/**
 * The issues of a value without its secrets. Where a schema holds a secret, only what was read as something else is shown: a list in the
 * place of an object, a text, or a field of another name may be the secret.
 */
export function withoutSecrets(
  schema: Schema,
  value: unknown,
  issues: readonly Issue[],
): readonly Issue[] {
  if (issues.length === 0 || !holdsSecret(schema)) return issues;
  const view = new View();
  view.look([schema], value);
  return issues.map((issue) =>
    'input' in issue ? { ...issue, input: view.of(issue.input) } : issue,
  );
}

/** Texts that are shorter stand in messages by chance. */
const SHORTEST = 4;

/** An issue of a secret whose message, by the words of the program, would quote it. */
export function withoutQuotes(issue: Issue, secret: unknown): Issue {
  const text = typeof secret === 'string' || typeof secret === 'number' ? String(secret) : '';
  if (text.length < SHORTEST || !issue.msg.includes(text)) return issue;
  const { ctx, ...rest } = issue;
  const hidden = (value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll(text, MASK) : value;
  return {
    ...rest,
    msg: issue.msg.replaceAll(text, MASK),
    ...(ctx !== undefined && {
      ctx: Object.fromEntries(Object.entries(ctx).map(([name, value]) => [name, hidden(value)])),
    }),
  };
}

/** What may be seen of a value. */
class View {
  /** Each object inside, and what is shown in its place. */
  readonly #objects = new Map<object, unknown>();
  readonly #shown = new Set<unknown>();
  readonly #hidden = new Set<unknown>();

  /** What is shown of an input: one that nobody has looked at was made by the program from what was sent. */
  of(input: unknown): unknown {
    if (tellsNothing(input)) return input;
    if (typeof input === 'object') return this.#objects.get(input as object) ?? MASK;
    return this.#shown.has(input) && !this.#hidden.has(input) ? input : MASK;
  }

  /** Looks at a value that may be one of several things; gives what is shown of it. */
  look(schemas: readonly Schema[], value: unknown): unknown {
    if (tellsNothing(value)) return value;
    const members = [...new Set(schemas.flatMap(membersOf))];
    const kinds = members.map(({ kind }) => kind);
    const secret = members.some(holdsSecret);
    if (typeof value !== 'object' || value === null) {
      const isText = !secret && kinds.some((kind) => ![...LISTS, ...OBJECTS].includes(kind));
      return isText ? this.#show(value) : this.#hide(value);
    }
    if (!kinds.includes('secret') && kinds.some((kind) => WHOLE.includes(kind)))
      return this.#show(value);
    const fitting = members.filter(({ kind }) =>
      (Array.isArray(value) ? LISTS : OBJECTS).includes(kind),
    );
    if (kinds.includes('secret') || fitting.length === 0) return this.#hide(value);
    if (kinds.includes('record')) for (const key of Object.keys(value)) this.#shown.add(key);
    // Of a tuple only the order tells what is what.
    const byOrder = secret && kinds.includes('tuple');
    const part = (key: string | number, item: unknown): unknown => {
      const known = fitting.flatMap((schema) => childAt(schema, key) ?? []);
      const misplaced = known.length === 0 || (byOrder && !known.some(holdsSecret));
      return misplaced ? this.#hide(item) : this.look(known, item);
    };
    const copy = Array.isArray(value)
      ? value.map((item, index) => part(index, item))
      : copyOf(value, part);
    this.#objects.set(value, copy);
    return copy;
  }

  #show(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return this.#note(this.#shown, value);
    if (this.#objects.has(value)) return this.#objects.get(value);
    this.#objects.set(value, value);
    for (const part of Object.values(value)) this.#show(part);
    return value;
  }

  #hide(value: unknown): typeof MASK {
    if (typeof value !== 'object' || value === null) this.#note(this.#hidden, value);
    else if (this.#objects.get(value) !== MASK) {
      this.#objects.set(value, MASK);
      for (const part of Object.values(value)) this.#hide(part);
    }
    return MASK;
  }

  #note(where: Set<unknown>, value: unknown): unknown {
    if (!tellsNothing(value)) where.add(value);
    return value;
  }
}

const LISTS: readonly string[] = ['list', 'tuple'];
const OBJECTS: readonly string[] = ['object', 'record'];
/** What is read whole, whatever is in it. */
const WHOLE: readonly string[] = ['any', 'library', 'file', 'bytes', 'instant'];

/** No secret is one of these, nor an object without fields. */
function tellsNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    typeof value === 'boolean' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** What a value may be: the members of unions, and what aliases stand for. */
function membersOf(schema: Schema): readonly Schema[] {
  if (schema.kind === 'union') return schema.members.flatMap(membersOf);
  return schema.kind === 'recursive' ? membersOf(schema.inner) : [schema];
}

function copyOf(value: object, change: (name: string, item: unknown) => unknown): unknown {
  const copy = {};
  for (const [name, item] of Object.entries(value)) setOwn(copy, name, change(name, item));
  return copy;
}

const known = new WeakMap<Schema, boolean>();

function holdsSecret(schema: Schema): boolean {
  let holds = known.get(schema);
  if (holds === undefined) {
    holds = some(schema, ({ kind }) => kind === 'secret');
    known.set(schema, holds);
  }
  return holds;
}
