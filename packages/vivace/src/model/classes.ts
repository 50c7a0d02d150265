import { types as functions } from 'node:util';
import { factsOf } from '../declare/value-facts';
import type { Class } from '../declare/class';

/** Whether a value is a class: its prototype cannot be replaced, or has methods as one of ES5. */
export function isClass(value: unknown): value is Class {
  if (typeof value !== 'function' || functions.isGeneratorFunction(value)) return false;
  const { value: prototype, writable } = Object.getOwnPropertyDescriptor(value, 'prototype') ?? {};
  return writable === false || (isObject(prototype) && hasMembers(prototype));
}

/** Whether a function can be called with `new`. */
export function isConstructor(value: unknown): value is Class {
  return (
    typeof value === 'function' &&
    !functions.isGeneratorFunction(value) &&
    isObject(value.prototype)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The prototype of a plain function has nothing but the function, and extends nothing. */
function hasMembers(prototype: object): boolean {
  const base = Object.getPrototypeOf(prototype) as object | null;
  return (
    Reflect.ownKeys(prototype).some((key) => key !== 'constructor') ||
    (base !== null && Object.getPrototypeOf(base) !== null)
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
  if (facts?.kind === 'placeholder') return `the placeholder '${facts.name}'`;
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
  if (facts?.kind === 'dependency' || facts?.kind === 'scheme' || facts?.kind === 'placeholder')
    return facts.name;
  return typeof value === 'function' ? value.name : '';
}
