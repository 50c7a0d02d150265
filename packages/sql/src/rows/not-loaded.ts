/** Stands for a relation to many that was not asked for: never a half answer. */
export function notLoaded(name: string): object {
  const refuse = (): never => {
    throw new RelationNotLoaded(name);
  };
  return new Proxy(Object.freeze({}), {
    get: (_target, key) =>
      key === Symbol.iterator || typeof key === 'string' ? refuse() : undefined,
    ownKeys: refuse,
  });
}

/** A relation was read that was not loaded. */
export class RelationNotLoaded extends Error {
  constructor(name: string) {
    const field = name.slice(name.indexOf('.') + 1);
    super(`${name} was not loaded: ask for it with { populate: ['${field}'] }.`);
    this.name = 'RelationNotLoaded';
  }
}
