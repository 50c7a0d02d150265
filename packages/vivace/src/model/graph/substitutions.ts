import type { Override, Provision } from '../../declare/provide';
import type { Needs } from '../../declare/provided';
import { factsOf } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import { isConstructor, nameOf, shortName } from '../classes';
import { similar } from '../similar';

/** What stands for what: `provide` of the application, under it `override` of this build. */
export class Substitutions {
  readonly #provided = new Map<unknown, unknown>();
  readonly #forSingletons = new Map<unknown, unknown>();
  readonly #overrides = new Map<unknown, unknown>();
  readonly #unused: Set<unknown>;
  readonly #met = new Set<unknown>();
  readonly #real = new Set<unknown>();

  /** @param inherited overrides below the others, which may be of no use */
  constructor(
    provisions: readonly Provision[] = [],
    overrides: readonly Override[] = [],
    inherited: readonly Override[] = [],
  ) {
    for (const provision of provisions) {
      const facts = factsOf(provision);
      if (facts?.kind !== 'provision')
        throw new BootError(
          'PROVIDE_VALUE',
          { member: 'provide' },
          `The list holds ${nameOf(provision)}.`,
          'provide(Mailer, Smtp)',
        );
      if (!isConstructor(facts.target)) {
        throw new BootError(
          'PROVIDE_VALUE',
          { member: 'provide' },
          `provide() got ${nameOf(facts.target)} where a class belongs.`,
          'provide(Mailer, by), where Mailer is a class; a dependency is injected as it is',
        );
      }
      this.#provided.set(facts.target, facts.by);
      this.#forSingletons.set(facts.target, facts.singletons);
    }
    for (const override of inherited) this.#override(override);
    this.#unused = new Set(overrides.map((override) => this.#override(override)));
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
    if (!this.#provided.has(target)) {
      this.#real.add(target);
      return { by: target, substituted: false };
    }
    const by = this.#provided.get(target);
    if (!this.#overrides.has(by)) this.#real.add(target);
    return this.#through(by);
  }

  /** What stands for a target where a singleton needs it; the target itself where nothing else does. */
  forSingletons(target: unknown): unknown {
    return this.#overrides.has(target) ? target : (this.#forSingletons.get(target) ?? target);
  }

  /** Whether something stands in the place of what the program says. */
  get overridden(): boolean {
    return this.#overrides.size > 0;
  }

  /** The overrides that nothing has used so far. */
  get unused(): ReadonlySet<unknown> {
    return this.#unused;
  }

  /** Everything that was asked for and is not overridden. */
  get real(): ReadonlySet<unknown> {
    return this.#real;
  }

  /** Everything that was asked for. */
  get met(): ReadonlySet<unknown> {
    return this.#met;
  }

  #override(override: Override): unknown {
    const facts = factsOf(override);
    if (facts?.kind !== 'override')
      throw new BootError(
        'OVERRIDE_VALUE',
        { member: 'overrides' },
        `The list holds ${nameOf(override)}.`,
        'override(target, by)',
      );
    const target = targetOf(facts.target);
    this.#overrides.set(target, facts.by);
    return target;
  }

  /** `provide(Mailer, Smtp)` and `override(Smtp, Fake)`: the override counts for both. */
  #through(by: unknown): { readonly by: unknown; readonly substituted: boolean } {
    this.#met.add(by);
    if (!this.#overrides.has(by)) {
      this.#real.add(by);
      return { by, substituted: true };
    }
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
  const unused = [...(first?.unused ?? [])].find((target) =>
    applications.every((one) => one.unused.has(target)),
  );
  if (unused === undefined) return;
  const near = similar(
    shortName(unused),
    applications.flatMap(({ met }) => [...met].map(shortName)),
  );
  const hint =
    near === undefined
      ? 'the dependency that the operations really name, or no override'
      : `override(${near}, …)`;
  throw new BootError(
    'OVERRIDE_UNUSED',
    { member: 'overrides' },
    `Nothing in the application needs ${nameOf(unused)}, so this override changes nothing.`,
    hint,
  );
}

/**
 * Refuses a build that would use the real thing where a test wants none of it.
 *
 * @throws BootError OVERRIDE_MISSING
 */
export function checkUnmocked(
  applications: readonly Substitutions[],
  targets: readonly Needs[],
): void {
  const missed = targets.find((target) =>
    applications.some(({ real }) => real.has(targetOf(target))),
  );
  if (missed === undefined) return;
  throw new BootError(
    'OVERRIDE_MISSING',
    { member: 'forbidUnmocked' },
    `The application needs ${nameOf(missed)}, which this test may not use, and nothing stands for it.`,
    `overrides: [override(${shortName(missed)}, …)], or an override of what needs it`,
  );
}

/** A marker made with `Depends` stands for its dependency. */
function targetOf(value: unknown): unknown {
  const facts = factsOf(value);
  return facts?.kind === 'use' ? targetOf(facts.of) : value;
}
