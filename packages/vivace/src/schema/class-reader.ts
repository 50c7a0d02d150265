import { present } from '../declare/present';
import { isDeepStrictEqual } from 'node:util';
import { declarationOf, type ClassFacts, type FieldFacts } from '../declare/class-facts';
import type { ModelOptions } from '../declare/options/model-options';
import { BootError } from '../errors/boot-error';
import type { MemberData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { type Transforming, transformingOf } from './class-transformer';
import { type Constraints, constraintsOf } from './class-validator';
import { lineage, membersOf } from './members';
import type { Class } from '../declare/class';
import type { Notes } from '../declare/options/field-options';
import type { FieldHook, ObjectSchema } from './schema';

type HookMode = 'before' | 'after';

/** Everything written about one class and those it extends: decorators of ours, of class-validator and of class-transformer, initialisers. */
export class ClassReader {
  readonly model: ModelOptions;
  readonly notes: Notes;
  readonly constraints: ReadonlyMap<string, Constraints>;
  readonly transforming: Transforming;
  readonly #inGroups = new Map<string, ReadonlyMap<string, Constraints>>();
  readonly #facts: readonly { readonly type: Class; readonly facts: ClassFacts }[];
  readonly #fields: ReadonlyMap<string, FieldFacts>;
  readonly #fieldHooks: Readonly<Record<HookMode, ReadonlyMap<string, readonly FieldHook[]>>>;
  readonly #transformingInGroups = new Map<string, Transforming>();
  #members: ReadonlyMap<string, MemberData> | undefined;
  #sample: Record<string, unknown> | undefined;
  /** A second one, which shows what varies. */
  #takesArguments: boolean | undefined;
  #another: Record<string, unknown> | undefined;

  constructor(
    readonly type: Class,
    readonly types: Types,
  ) {
    this.#facts = lineage(type).map((ancestor) => ({
      type: ancestor,
      facts: declarationOf(ancestor),
    }));
    this.#fields = new Map(
      this.#facts.flatMap(({ facts }) => facts.fields.map((field) => [field.key, field] as const)),
    );
    this.#fieldHooks = { before: this.#hooksBy('before'), after: this.#hooksBy('after') };
    const inherited = this.#facts.map(({ facts }) =>
      present({
        ...facts.model,
        name: undefined,
        title: undefined,
        description: undefined,
        examples: undefined,
      }),
    );
    const own = declarationOf(type).model;
    this.model = Object.assign({}, ...inherited, own) as ModelOptions;
    this.notes = present({
      title: own?.title,
      description: own?.description,
      examples: own?.examples,
      schemaExtra: this.model.schemaExtra,
    });
    this.constraints = constraintsOf(type);
    this.transforming = transformingOf(type);
  }

  /** What the types file knows of its members, of a generic class without its arguments. */
  get members(): ReadonlyMap<string, MemberData> {
    return (this.#members ??= membersOf(this.types, this.type));
  }

  /** What class-transformer says in some groups. */
  transformingIn(groups: readonly string[]): Transforming {
    const key = JSON.stringify(groups);
    const transforming = this.#transformingInGroups.get(key) ?? transformingOf(this.type, groups);
    this.#transformingInGroups.set(key, transforming);
    return transforming;
  }

  /** The constraints that count in some groups of class-validator. */
  constraintsIn(groups: readonly string[]): ReadonlyMap<string, Constraints> {
    const key = JSON.stringify(groups);
    const constraints = this.#inGroups.get(key) ?? constraintsOf(this.type, groups);
    this.#inGroups.set(key, constraints);
    return constraints;
  }

  /** What `@Field` says; the nearest class wins. */
  field(name: string): FieldFacts | undefined {
    return this.#fields.get(name);
  }

  /** The fields in the order in which they are written; a getter only where it is marked. */
  fieldNames(): readonly string[] {
    const { members } = this;
    const known = [...members]
      .filter(
        ([name, member]) =>
          member.vis === undefined &&
          member.get === undefined &&
          (member.t !== 'function' || this.#isShown(name)),
      )
      .map(([name]) => name);
    const marked = [
      ...this.#facts.flatMap(({ facts }) => facts.fields.map((field) => field.key)),
      ...this.transforming.exposed,
    ];
    if (members.size > 0) return [...new Set([...known, ...marked])];
    const decorated = [...this.constraints.keys(), ...this.transforming.fields.keys(), ...marked];
    if (this.takesArguments()) return [...new Set(decorated)];
    const own = Object.entries(this.#instance()).filter(([, value]) => typeof value !== 'function');
    return [...new Set([...own.map(([name]) => name), ...decorated])];
  }

  /** Whether anything about it is data: a class whose fields are all functions is a service. */
  hasFields(): boolean {
    return this.fieldNames().some((name) => this.members.get(name)?.t !== 'function');
  }

  #isShown(name: string): boolean {
    const { input, output } = this.transforming.fields.get(name) ?? {};
    const { shows } = this.transforming;
    return (input !== false && shows(name, 'in')) || (output !== false && shows(name, 'out'));
  }

  /** The initial value of a field, if it has one; a fresh one for each call where it is no plain value, or varies. */
  defaultOf(name: string, member?: MemberData): (() => unknown) | undefined {
    if (this.isComputed(name)) return undefined;
    if (this.takesArguments())
      return member?.default === undefined ? undefined : () => structuredClone(member.default);
    const value = this.#instance()[name];
    if (value === undefined) return undefined;
    // An initialiser that was not read may be a call, which gives another value each time.
    const isConstant = member !== undefined && !member.varies && this.#isCompiled(name);
    return isConstant && (typeof value !== 'object' || value === null)
      ? () => value
      : () => this.#construct()[name];
  }

  /** Whether the initial value may be another each time, so that it is not documented. */
  varies(name: string, member?: MemberData): boolean {
    if (member?.varies) return true;
    const isKnown = member !== undefined && this.#isCompiled(name);
    if (isKnown || this.takesArguments()) return false;
    this.#another ??= this.#construct();
    return !isDeepStrictEqual(this.#instance()[name], this.#another[name]);
  }

  /** Whether a field was read from its source; of a class that was not compiled with Vivace there are declarations only. */
  #isCompiled(name: string): boolean {
    const definitions = lineage(this.type).map((each) => this.types.of(each));
    return definitions.findLast((each) => name in (each?.props ?? {}))?.script === undefined;
  }

  /** Whether it is a getter; an auto-accessor is a field, though it becomes one. */
  isComputed(name: string): boolean {
    const member = this.members.get(name);
    if (member !== undefined && member.get === undefined) return false;
    for (
      let at: object | null = this.type.prototype;
      at !== null;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const descriptor = Object.getOwnPropertyDescriptor(at, name);
      if (descriptor !== undefined) return descriptor.get !== undefined;
    }
    return false;
  }

  /** Whether the constructor has parameters. */
  takesArguments(): boolean {
    return (this.#takesArguments ??= this.#hasParameters());
  }

  #hasParameters(): boolean {
    for (const ancestor of lineage(this.type).toReversed()) {
      const parameters = this.types.of(ancestor)?.ctor;
      if (parameters !== undefined) return parameters.length > 0;
      if (ancestor.length > 0) return true;
    }
    return false;
  }

  /** Field validators, the base class's first; those before the type check in reverse, as pydantic runs them. */
  fieldHooks(name: string, mode: HookMode): readonly FieldHook[] {
    const hooks = this.#fieldHooks[mode].get(name) ?? [];
    return mode === 'before' ? hooks.toReversed() : hooks;
  }

  #hooksBy(mode: HookMode): ReadonlyMap<string, readonly FieldHook[]> {
    const hooks = new Map<string, FieldHook[]>();
    for (const { type, facts } of this.#facts)
      for (const { fields, key } of facts.fieldValidators.filter((each) => each.mode === mode))
        for (const field of new Set(fields)) {
          const known = hooks.get(field) ?? [];
          hooks.set(field, known);
          known.push((value, info) => methodOf(type, key).call(type, value, info));
        }
    return hooks;
  }

  modelHooks(mode: 'before'): ObjectSchema['before'];
  modelHooks(mode: 'after'): ObjectSchema['after'];
  modelHooks(mode: 'before' | 'after'): ObjectSchema['before'] | ObjectSchema['after'] {
    const validators = this.#facts.flatMap(({ type, facts }) =>
      facts.modelValidators
        .filter((each) => each.mode === mode)
        .map((each) => ({ type, key: each.key })),
    );
    if (mode === 'before')
      return validators.toReversed().map(
        ({ type, key }) =>
          (input: unknown) =>
            methodOf(type, key).call(type, input),
      );
    const keys = [...new Set(validators.map(({ key }) => key))];
    return keys.map((key) => (instance: object) => methodOf(instance, key).call(instance));
  }

  #instance(): Record<string, unknown> {
    return (this.#sample ??= this.#construct());
  }

  #construct(): Record<string, unknown> {
    try {
      return new (this.type as new () => Record<string, unknown>)();
    } catch (error) {
      const where = { type: this.type.name, ...this.types.place(this.type) };
      const seen = `\`new ${this.type.name}()\`, which gives the defaults of its fields, throws ${String(error)}`;
      throw new BootError(
        'DEFAULTS_THROW',
        where,
        seen,
        'a constructor and initialisers that work without arguments and without other services',
      );
    }
  }
}

function methodOf(target: object, key: string): (this: unknown, ...args: unknown[]) => unknown {
  return (target as Record<string, (...args: unknown[]) => unknown>)[key] as (
    this: unknown,
    ...args: unknown[]
  ) => unknown;
}
