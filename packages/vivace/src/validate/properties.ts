import type { ObjectSchema } from '../schema/schema';
import { isThenable } from '../errors/async';
import { matterOf } from '../responses/matter';
import { modelOf } from '../schema/default-builder';

/** Whether a value can have fields: an object that is neither a list nor a promise of one. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isThenable(value);
}

/** Sets an own property whatever its name. */
export function setOwn(target: object, name: string, value: unknown): void {
  if (name === '__proto__') defineOwn(target, name, value);
  else (target as Record<string, unknown>)[name] = value;
}

/** The same, also where the class has a getter of that name. */
export function defineOwn(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** Whether a value is an instance of the class that a DTO was written as. */
export function isInstance(schema: ObjectSchema, value: unknown): value is object {
  return schema.type !== undefined && value instanceof schema.type;
}

/** Whether an object has no form in JSON: a promise, a stream, an error, a connection, which are no DTOs. */
export function isFormless(value: object): boolean {
  return isThenable(value) || (matterOf(value) !== 'data' && modelOf(value) === undefined);
}

/** Whether an object is no record of fields, though every object would do: what JSON cannot say, collections and instants. */
export function isFieldless(value: object): boolean {
  return value instanceof Map || value instanceof Set || value instanceof Date || isFormless(value);
}
