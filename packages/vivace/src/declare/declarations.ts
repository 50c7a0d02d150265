import 'reflect-metadata';
import type { Class } from './class';
import type { ClassFacts, Facts } from './facts';

const CLASS = Symbol.for('vivace.declaration');
const VALUE = Symbol.for('vivace.facts');

const NOTHING: ClassFacts = Object.freeze({
  operations: Object.freeze([]),
  sockets: Object.freeze([]),
  publics: Object.freeze([]),
  throws: Object.freeze([]),
  marks: Object.freeze([]),
  fields: Object.freeze([]),
  fieldValidators: Object.freeze([]),
  modelValidators: Object.freeze([]),
});

/** What was written about a class itself, not about those it extends. */
export function declarationOf(type: Class): ClassFacts {
  return (Reflect.getOwnMetadata(CLASS, type) as ClassFacts | undefined) ?? NOTHING;
}

/** Adds to what is written about a class: lists grow, anything else is replaced. */
export function declare(type: Class, facts: Partial<ClassFacts>): void {
  const known = declarationOf(type) as unknown as Record<string, unknown>;
  const merged = Object.entries(facts).map(([key, value]) => {
    const before = known[key];
    return [
      key,
      Array.isArray(before) && Array.isArray(value) ? Object.freeze([...before, ...value]) : value,
    ];
  });
  Reflect.defineMetadata(CLASS, Object.freeze({ ...known, ...Object.fromEntries(merged) }), type);
}

/** The class that a decorator of a member or parameter is part of. */
export function classOf(target: object): Class {
  return (typeof target === 'function' ? target : target.constructor) as Class;
}

/** What a value of the public API stands for; undefined for any other value. */
export function factsOf(value: unknown): Facts | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return undefined;
  return (value as { readonly [VALUE]?: Facts })[VALUE];
}

/** Lets a value of the public API stand for something. */
export function carry<T extends object>(value: T, facts: Facts): T {
  return Object.defineProperty(value, VALUE, { value: Object.freeze(facts) });
}
