import { factsOf } from '../declare/declarations';
import type { Class } from '../declare/class';

/** Whether a value is a class: the prototype of a plain function can be replaced, that of a class cannot. */
export function isClass(value: unknown): value is Class {
  return (
    typeof value === 'function' &&
    Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
  );
}

/** The class and those it extends, itself first. */
export function* lineage(type: Class): Generator<Class> {
  for (let current: unknown = type; isClass(current); current = Object.getPrototypeOf(current))
    yield current;
}

/** What a value is, for messages: `dependency 'session'`, `class Items`, `undefined`. */
export function nameOf(value: unknown): string {
  const facts = factsOf(value);
  if (facts?.kind === 'dependency') return `the dependency '${facts.name}'`;
  if (facts?.kind === 'scheme') return `the security scheme '${facts.name}'`;
  if (facts?.kind === 'use') return nameOf(facts.of);
  if (facts?.kind === 'input') return `an input of the ${facts.source}`;
  if (isClass(value)) return `class ${value.name}`;
  if (typeof value === 'function')
    return value.name === '' ? 'a function' : `the function '${value.name}'`;
  if (Array.isArray(value)) return 'a list';
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}

/** The name of a dependency, scheme or class. */
export function shortName(value: unknown): string {
  const facts = factsOf(value);
  if (facts?.kind === 'dependency' || facts?.kind === 'scheme') return facts.name;
  return typeof value === 'function' ? value.name : '';
}
