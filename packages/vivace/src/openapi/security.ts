import type { Operation, SecurityUse } from '../model/model';

type Requirement = Readonly<Record<string, readonly string[]>>;

/**
 * The security requirements of an operation: one of the list is enough, and needs all that it names.
 * Optional schemes stand for alternatives, since the program decides with which of them it is content.
 */
export function securityOf({ security }: Operation, mayBeLeftOut: boolean): readonly Requirement[] {
  const needed = security.filter(({ optional }) => !optional);
  const together = needed.reduce<readonly Requirement[]>(
    (sets, use) => sets.flatMap((set) => eachWith(use, set)),
    [{}],
  );
  const alternatives = security
    .filter(({ optional }) => optional)
    .flatMap((use) => together.flatMap((set) => eachWith(use, set)));
  if (needed.length > 0) return [...together, ...alternatives];
  return mayBeLeftOut && security.length === 1 ? [...alternatives, {}] : alternatives;
}

/** A set of requirements with one of the schemes of a use. */
function eachWith({ schemes, scopes }: SecurityUse, set: Requirement): readonly Requirement[] {
  return schemes.map(({ name }) => ({
    ...set,
    [name]: [...new Set([...(set[name] ?? []), ...scopes])],
  }));
}
