import { BootError } from '../errors/boot-error';
import type { Class } from '../declare/class';
import { designOfParameters, designOfProperty } from './design';
import { moduleOf, nameOf, type Registration } from './registry';
import type { ClassDefinition, Definition, ParameterData, TypeData } from './type-data';

/** A class in the order in which the classes of a process were made. */
interface Copy extends Registration {
  readonly at: number;
}

/** What an id is followed by that means one of several, in the eyes of the class that was made at that place. */
const SEEN_FROM = /@(\d+)$/;
/** Of an id that may mean any of several. */
const ANY_OF_THEM = '@?';

/**
 * Classes that were made more than once: they stand in a function that was called again, or in a module that was loaded again. The types
 * name all of them by one id; each class that mentions it means the one that was made together with it.
 */
export class Copies {
  readonly #made: Registration[] = [];
  readonly #byId = new Map<string, Copy[]>();
  readonly #reaching = new Map<string, boolean>();
  readonly #seen = new Map<string, Definition>();
  #repeated = false;

  readonly #definitionOf: (id: string) => Definition | undefined;

  constructor(definitionOf: (id: string) => Definition | undefined) {
    this.#definitionOf = definitionOf;
  }

  /** Adds a class in its turn, and gives the id that is its own. */
  add(registration: Registration): string {
    const { id } = registration;
    const at = this.#made.push(registration) - 1;
    const copies = this.#byId.get(id) ?? [];
    this.#byId.set(id, copies);
    copies.push({ ...registration, at });
    this.#repeated ||= copies.length > 1;
    this.#reaching.clear();
    this.#seen.clear();
    if (copies.length === 1) return id;
    return `${id}@${at}`;
  }

  /** A definition as it is to be read: what it mentions is one class each. */
  definition(id: string): Definition | undefined {
    const written = id.replace(SEEN_FROM, '');
    const definition = this.#definitionOf(written);
    if (!this.#repeated || definition === undefined) return definition;
    const from = SEEN_FROM.exec(id)?.[1] ?? this.#byId.get(written)?.[0]?.at;
    if (from === undefined) return definition;
    const known = this.#seen.get(id);
    if (known !== undefined) return known;
    const seen = this.#seenFrom(Number(from), written, definition);
    this.#seen.set(id, seen);
    return seen;
  }

  #seenFrom(from: number, written: string, definition: Definition): Definition {
    const meant = (id: string): string => this.#meant(id, from);
    const seen = renamed(definition, meant) as Definition;
    const { id, type } = this.#made[from]!;
    return seen.kind === 'class' && id === written ? this.#designed(type, seen) : seen;
  }

  /** The emitter leaves the very class where a decorator stands. */
  #designed(type: Class, definition: ClassDefinition): ClassDefinition {
    const { props, ctor, methods } = definition;
    const of = <T extends { readonly t: TypeData }>(one: T, design: Class | undefined): T => {
      const { t } = one;
      if (design === undefined || typeof t !== 'object' || !('ref' in t)) return one;
      const copies = this.#byId.get(t.ref.replace(/@[\d?]+$/, '')) ?? [];
      const copy = copies.find((each) => each.type === design);
      return copy === undefined ? one : { ...one, t: { ...t, ref: ownId(copy, copies) } };
    };
    const all = (params: readonly ParameterData[], method?: string): readonly ParameterData[] => {
      const designs = designOfParameters(type, method);
      return params.map((one, index) => of(one, designs[index]));
    };
    return {
      ...definition,
      props: mapValues(props, (one, name) => of(one, designOfProperty(type, name))),
      ...(ctor !== undefined && { ctor: all(ctor) }),
      ...(methods !== undefined && {
        methods: mapValues(methods, (one, name) => ({ ...one, params: all(one.params, name) })),
      }),
    };
  }

  /** What an id means in the class that was made at a place. */
  #meant(id: string, from: number): string {
    if (SEEN_FROM.test(id)) return id;
    const copies = this.#byId.get(id);
    if (copies === undefined) return this.#reaches(id) ? `${id}@${from}` : id;
    if (copies.length === 1) return id;
    const copy = this.#nearest(copies, from);
    return copy === undefined ? `${id}${ANY_OF_THEM}` : ownId(copy, copies);
  }

  /** The copy that was made together with the class at a place; undefined where several may have been. */
  #nearest(copies: readonly Copy[], from: number): Copy | undefined {
    const { id } = this.#made[from]!;
    const target = copies[0]!.id;
    if (target === id) return copies.find(({ at }) => at === from);
    const own = this.#byId.get(id)!.map(({ at }) => at);
    const last = own.findLast((at) => at < from) ?? -1;
    const next = own.find((at) => at > from) ?? Infinity;
    const before = copies.filter(({ at }) => at < from);
    const after = copies.filter(({ at }) => at > from && at < next);
    if (this.#standsBehind(target, id) && after.length > 0)
      return after.length === 1 ? after[0] : undefined;
    if (before.length === 0) return after.length > 1 ? undefined : (after[0] ?? copies[0]);
    return before.filter(({ at }) => at > last).length > 1 ? undefined : before.at(-1);
  }

  /** Whether a class is written further down in the same file. */
  #standsBehind(target: string, id: string): boolean {
    if (moduleOf(target) !== moduleOf(id)) return false;
    return (this.#definitionOf(target)?.line ?? 0) > (this.#definitionOf(id)?.line ?? 0);
  }

  /** Whether an interface or alias mentions, at any depth, a class of which there are several. */
  #reaches(id: string): boolean {
    const known = this.#reaching.get(id);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const look = (one: string): boolean => {
      if (seen.has(one)) return false;
      seen.add(one);
      const copies = this.#byId.get(one);
      if (copies !== undefined) return copies.length > 1;
      let found = false;
      renamed(this.#definitionOf(one), (mentioned) => {
        found ||= look(mentioned);
        return mentioned;
      });
      return found;
    };
    const found = look(id);
    this.#reaching.set(id, found);
    return found;
  }
}

/** @throws BootError where an id may mean any of several classes */
export function checkMeaning(id: string): void {
  if (!id.endsWith(ANY_OF_THEM)) return;
  const name = nameOf(id).replace(/(~\d+)?@.*$/, '');
  throw new BootError(
    'CLASS_COPIES',
    { type: name },
    `There are several of class ${name}: its function was called again, or its file loaded again. It is not known which is meant.`,
    `the class itself as a type value, such as \`@Body(${name})\`; or class ${name} outside of the function`,
  );
}

function ownId({ id, at }: Copy, copies: readonly Copy[]): string {
  return at === copies[0]!.at ? id : `${id}@${at}`;
}

/** The places of a definition that hold ids; what a program has written stands elsewhere. */
const IDS = new Set(['ref', 'to', 'from']);
const WRITTEN = new Set(['default', 'tags', 'lit']);

function renamed(value: unknown, rename: (id: string) => string, key = ''): unknown {
  if (typeof value === 'string') return IDS.has(key) ? rename(value) : value;
  if (typeof value !== 'object' || value === null || WRITTEN.has(key)) return value;
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, renamed(each, rename, name)]),
  );
}

function mapValues<T, R>(
  values: Readonly<Record<string, T>>,
  map: (value: T, name: string) => R,
): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(values).map(([name, one]) => [name, map(one, name)]));
}
