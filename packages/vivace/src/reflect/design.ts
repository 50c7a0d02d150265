import 'reflect-metadata';
import type { Class } from '../declare/class';

/** `design:type` of a property; undefined where the emitter left nothing of use. */
export function designOfProperty(type: Class, property: string): Class | undefined {
  return useful(Reflect.getMetadata('design:type', type.prototype, property));
}

/** `design:paramtypes` of a method or, without one, of the constructor. */
export function designOfParameters(type: Class, method?: string): readonly (Class | undefined)[] {
  const types: unknown =
    method === undefined
      ? Reflect.getOwnMetadata('design:paramtypes', type)
      : Reflect.getMetadata('design:paramtypes', type.prototype, method);
  return Array.isArray(types) ? types.map(useful) : [];
}

/** Emitters write `Object` or `undefined` for what they cannot name, and the value of an enum or of a type of ours. */
function useful(type: unknown): Class | undefined {
  return typeof type === 'function' && type !== Object ? (type as Class) : undefined;
}
