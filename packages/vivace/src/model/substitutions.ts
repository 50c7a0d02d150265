import { factsOf } from '../declare/declarations';
import { BootError } from '../errors/boot-error';
import { isClass, nameOf, shortName } from './classes';
import { similar } from './similar';

/** What stands for what: `provide` of the application, under it `override` of this build. */
export class Substitutions {
  readonly #provided = new Map<unknown, unknown>();
  readonly #overrides = new Map<unknown, unknown>();
  readonly #unused: Set<unknown>;
  readonly #met = new Set<unknown>();

  constructor(provisions: readonly unknown[] = [], overrides: readonly unknown[] = []) {
    for (const provision of provisions) {
      const facts = factsOf(provision);
      if (facts?.is !== 'provision')
        throw new BootError('PROVIDE_VALUE', { member: 'provide' }, `The list holds ${nameOf(provision)}.`, 'provide(Mailer, Smtp)');
      if (!isClass(facts.target)) {
        throw new BootError(
          'PROVIDE_VALUE',
          { member: 'provide' },
          `provide() got ${nameOf(facts.target)} where a class belongs.`,
          'provide(Mailer, by), where Mailer is a class; a dependency is injected as it is',
        );
      }
      this.#provided.set(facts.target, facts.by);
    }
    for (const override of overrides) {
      const facts = factsOf(override);
      if (facts?.is !== 'override')
        throw new BootError('OVERRIDE_VALUE', { member: 'overrides' }, `The list holds ${nameOf(override)}.`, 'override(target, by)');
      this.#overrides.set(targetOf(facts.target), facts.by);
    }
    this.#unused = new Set(this.#overrides.keys());
  }

  /** Whether a class is injected because it was named in `provide`. */
  provides(type: unknown): boolean {
    return this.#provided.has(type);
  }

  has(target: unknown): boolean {
    return this.#provided.has(target) || this.#overrides.has(target);
  }

  /** What to use for a target, and what it stands for. */
  resolve(target: unknown): { readonly by: unknown; readonly substituted: boolean } {
    this.#met.add(target);
    if (this.#overrides.has(target)) {
      this.#unused.delete(target);
      return { by: this.#overrides.get(target), substituted: true };
    }
    return this.#provided.has(target) ? this.#through(this.#provided.get(target)) : { by: target, substituted: false };
  }

  /** The overrides that nothing has used so far. */
  get unused(): ReadonlySet<unknown> {
    return this.#unused;
  }

  /** Everything that was asked for. */
  get met(): ReadonlySet<unknown> {
    return this.#met;
  }

  /** `provide(Mailer, Smtp)` and `override(Smtp, Fake)`: the override counts for both. */
  #through(by: unknown): { readonly by: unknown; readonly substituted: boolean } {
    this.#met.add(by);
    if (!this.#overrides.has(by)) return { by, substituted: true };
    this.#unused.delete(by);
    return { by: this.#overrides.get(by), substituted: true };
  }
}

/**
 * An override that nothing uses would let a test pass for the wrong reason.
 *
 * @param applications the substitutions of all that were built with the same overrides
 * @throws BootError OVERRIDE_UNUSED
 */
export function checkOverrides(applications: readonly Substitutions[]): void {
  const [first] = applications;
  const unused = [...(first?.unused ?? [])].find((target) => applications.every((one) => one.unused.has(target)));
  if (unused === undefined) return;
  const near = similar(
    shortName(unused),
    applications.flatMap(({ met }) => [...met].map(shortName)),
  );
  const hint = near === undefined ? 'the dependency that the operations really name, or no override' : `override(${near}, …)`;
  throw new BootError(
    'OVERRIDE_UNUSED',
    { member: 'overrides' },
    `Nothing in the application needs ${nameOf(unused)}, so this override changes nothing.`,
    hint,
  );
}

/** A marker made with `Depends` stands for its dependency. */
export function targetOf(value: unknown): unknown {
  const facts = factsOf(value);
  return facts?.is === 'use' ? targetOf(facts.of) : value;
}
