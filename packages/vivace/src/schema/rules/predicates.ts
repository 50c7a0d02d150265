type Package = typeof import('class-validator');
type Predicate = (...args: never[]) => boolean;
type Predicates = {
  readonly [Name in keyof Package as Package[Name] extends Predicate ? Name : never]: Package[Name];
};

/**
 * The predicates of class-validator. It has 320 modules with all that it brings, so that the first call loads it:
 * a program whose classes have its decorators has done so before.
 */
export const predicates = new Proxy({} as Predicates, {
  get(_, name) {
    let loaded: Predicate | undefined;
    return (...args: never[]) => {
      loaded ??= (require('class-validator') as Package)[name as keyof Predicates] as Predicate;
      return loaded(...args);
    };
  },
});
