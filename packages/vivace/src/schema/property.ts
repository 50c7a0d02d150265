/** Reads a property, getters of classes included; what every object has from birth is not there. */
export function property(source: object, name: string): unknown {
  return name in Object.prototype && !Object.hasOwn(source, name)
    ? undefined
    : (source as Record<string, unknown>)[name];
}
