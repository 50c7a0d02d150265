import type { Class } from '../../declare/class';
import { declarationOf } from '../../declare/class-facts';
import type { Lifetime } from '../../declare/options/dependency-options';
import { factsOf } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import { isClass, lineage, nameOf } from '../classes';
import type { GivenInput, Input } from '../node';
import type { BuildContext } from './build-context';
import {
  lifetimeOf,
  providerOfClass,
  providerOfDependency,
  providerOfScheme,
  providerOfSubstitute,
  type Provider,
} from './provider';
import { asksForServices, type Requirement } from './requirements';

/** Makes each provider once. */
export class Providers {
  readonly #resolved = new Map<unknown, Provider>();
  readonly #originals = new Map<unknown, Provider>();
  readonly #scoped = new Map<Provider, boolean>();
  readonly #guards = {
    functions: new Map<Provider, boolean>(),
    anything: new Map<Provider, boolean>(),
  };
  readonly #controllers = new Map<Class, Provider>();
  readonly #classes = new Map<Provider, Class>();

  constructor(readonly context: BuildContext) {}

  /** What a dependency, scheme or class comes to, after substitution; `where` is the place that asks for it. */
  of(target: unknown, where: Where): Provider {
    return remember(this.#resolved, target, () => {
      const { by, substituted } = this.context.substitutions.resolve(target);
      return substituted ? this.#substitute(target, by, where) : this.#original(target, where);
    });
  }

  /** A constraint class is made for each request, like an injectable; undefined: only class-validator makes it. */
  constraint(type: Class, where: Where): Provider | undefined {
    const { substitutions } = this.context;
    if (substitutions.has(type) || declarationOf(type).injectable !== undefined)
      return this.of(type, where);
    return asksForServices(type, where, this.context) ? this.controller(type, where) : undefined;
  }

  /** A controller is made for each request, like an injectable. */
  controller(type: Class, where: Where): Provider {
    const lifetime = declarationOf(type).injectable?.lifetime ?? 'request';
    return remember(this.#controllers, type, () => this.#ofClass(type, where, lifetime));
  }

  /** Lets packages judge the classes whose methods they stand around. */
  checkAttached(): void {
    for (const [provider, type] of this.#classes)
      for (const { check } of [...lineage(type)].flatMap((one) => declarationOf(one).attached))
        check?.({ type, readsRequest: this.#readsRequest(provider, []) });
  }

  /** Whether its result depends on the scopes: it is a scheme, adds or reads scopes, or needs one that does. */
  usesScopes(provider: Provider, outer: readonly Provider[] = []): boolean {
    if (outer.includes(provider)) return false;
    return remember(this.#scoped, provider, () => {
      const uses = (requirement: Requirement): boolean => {
        if (requirement.kind === 'context') return requirement.of === 'scopes';
        return (
          requirement.kind === 'use' &&
          (requirement.use.scopes.length > 0 ||
            this.usesScopes(this.of(requirement.use.of, requirement.where), [...outer, provider]))
        );
      };
      return provider.kind === 'scheme' || provider.requirements.some(uses);
    });
  }

  /**
   * Whether a value stands between requests and the handler: under `Security`, a scheme, or a function that needs such.
   * A generator has to ask for credentials itself: one that needs a guard is most often a session of the user who was let in.
   */
  isGuard(requirement: Requirement): boolean {
    if (requirement.kind !== 'use' || requirement.use.security) return requirement.kind === 'use';
    const provider = this.of(requirement.use.of, requirement.where);
    return (
      this.#guarding(provider, 'functions') &&
      (provider.generator !== true || provider.requirements.some((inner) => this.#asks(inner)))
    );
  }

  /** Whether a dependency that runs for its effect guards: what it needs, at any depth, asks for credentials. */
  guards(requirement: Requirement): boolean {
    if (requirement.kind !== 'use' || requirement.use.security) return requirement.kind === 'use';
    return this.#guarding(this.of(requirement.use.of, requirement.where), 'anything');
  }

  #asks(requirement: Requirement): boolean {
    return (
      requirement.kind === 'use' &&
      (requirement.use.security || this.of(requirement.use.of, requirement.where).kind === 'scheme')
    );
  }

  /** Whether it is a scheme, or needs one: through functions alone, or through whatever it needs. */
  #guarding(
    provider: Provider,
    through: 'functions' | 'anything',
    outer: readonly Provider[] = [],
  ): boolean {
    if (outer.includes(provider)) return false;
    return remember(this.#guards[through], provider, () => {
      const { kind, requirements } = provider;
      if (kind === 'scheme') return true;
      if (kind !== 'function' && through === 'functions') return false;
      return requirements.some(
        (inner) =>
          inner.kind === 'use' &&
          (inner.use.security ||
            this.#guarding(this.of(inner.use.of, inner.where), through, [...outer, provider])),
      );
    });
  }

  #original(target: unknown, where: Where, lifetime?: Lifetime): Provider {
    return remember(this.#originals, target, () => {
      const facts = factsOf(target);
      if (facts?.kind === 'dependency') return providerOfDependency(facts, this.context);
      if (facts?.kind === 'scheme') return providerOfScheme(facts, where);
      if (isClass(target)) return this.#ofClass(target, where, lifetime);
      throw new BootError(
        'NOT_A_DEPENDENCY',
        where,
        `This needs ${nameOf(target)}, which is not a dependency.`,
        adviceFor(target),
      );
    });
  }

  #ofClass(type: Class, where: Where, lifetime: Lifetime | undefined): Provider {
    const provider = providerOfClass(type, where, lifetime, this.context);
    this.#classes.set(provider, type);
    return provider;
  }

  /** What of a request, or of a call, a provider depends on, at any depth. */
  #readsRequest(provider: Provider, outer: readonly Provider[]): string | undefined {
    if (provider.kind === 'scheme') return nameOfScheme(provider);
    if (outer.includes(provider)) return undefined;
    for (const requirement of provider.requirements) {
      if (requirement.kind === 'input' && !FROM_OUTSIDE.has(requirement.input.kind))
        return `the ${requirement.input.kind} '${requirement.input.name}'`;
      if (requirement.kind === 'input' && this.#isPart(requirement.input))
        return `the ${requirement.input.label}, another one in each call`;
      if (requirement.kind === 'context' && OF_THE_CLIENT.has(requirement.of))
        return `the ${requirement.of} itself`;
      if (requirement.kind !== 'use') continue;
      const inner = this.of(requirement.use.of, requirement.where);
      const read = this.#readsRequest(inner, [...outer, provider]);
      if (read !== undefined) return read;
    }
    return undefined;
  }

  /** What comes with each call of an entry point, such as the delivery of an event. */
  #isPart(input: Input): input is GivenInput {
    return input.kind === 'given' && this.context.parts.has(input.key);
  }

  #substitute(target: unknown, by: unknown, where: Where): Provider {
    const facts = factsOf(by);
    return facts?.kind === 'dependency' || facts?.kind === 'scheme' || isClass(by)
      ? this.#original(by, where, lifetimeOf(target))
      : providerOfSubstitute(target, by, where);
  }
}

/** Inputs that no client sends. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['constant', 'given']);
/** The parts of a request that clients differ in. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set(['request', 'socket', 'session', 'scopes']);

const nameOfScheme = ({ name }: Provider): string => `the security scheme '${name}'`;

function adviceFor(target: unknown): string {
  if (
    target === Number ||
    target === String ||
    target === Boolean ||
    Array.isArray(target) ||
    factsOf(target)?.kind === 'token'
  )
    return 'an input, such as Query(String) or Header(int)';
  return typeof target === 'function'
    ? `dependency(${target.name === '' ? '() => …' : target.name})`
    : 'a dependency, an input, a security scheme or an @Injectable class';
}

function remember<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
