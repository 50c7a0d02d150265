import { types as functions } from 'node:util';
import { declarationOf } from '../../declare/class-facts';
import { factsOf, type DependencyFacts, type SchemeFacts } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Class } from '../../declare/class';
import type { BuildContext } from './build-context';
import { callTraits } from './call-traits';
import { isClass, nameOf, shortName } from '../classes';
import { contextOf } from '../inputs/context';
import type { Lifetime } from '../../declare/options/dependency-options';
import type { Node } from '../node';
import {
  asksForServices,
  requirementOfEntry,
  requirementsOfConstructor,
  type Requirement,
} from './requirements';

/** Something callable with what it needs, before it has a place in the graph of an operation. */
export interface Provider extends Pick<
  Node,
  | 'kind'
  | 'name'
  | 'call'
  | 'async'
  | 'generator'
  | 'lifetime'
  | 'exitScope'
  | 'opens'
  | 'credentials'
  | 'throws'
  | 'where'
> {
  readonly requirements: readonly Requirement[];
}

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
    return remember(this.#controllers, type, () => this.#class(type, where, lifetime));
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
      if (facts?.kind === 'dependency') return this.#dependency(facts);
      if (facts?.kind === 'scheme') return scheme(facts, where);
      if (isClass(target)) return this.#class(target, where, lifetime);
      throw new BootError(
        'NOT_A_DEPENDENCY',
        where,
        `This needs ${nameOf(target)}, which is not a dependency.`,
        adviceFor(target),
      );
    });
  }

  #substitute(target: unknown, by: unknown, where: Where): Provider {
    const facts = factsOf(by);
    if (facts?.kind === 'dependency' || facts?.kind === 'scheme' || isClass(by))
      return this.#original(by, where, lifetimeOf(target));
    if (typeof by !== 'function') {
      throw new BootError(
        'SUBSTITUTE_VALUE',
        where,
        `${nameOf(by)} cannot stand for ${nameOf(target)}.`,
        'a class, a dependency, or a function that gives the value: override(target, () => value)',
      );
    }
    const known = factsOf(target);
    const { scope: exitScope, opens } =
      known?.kind === 'dependency' ? known : { scope: 'function' as const, opens: undefined };
    const name = shortName(target);
    return {
      kind: 'function',
      name,
      call: by,
      requirements: [],
      ...callTraits(by, undefined),
      lifetime: lifetimeOf(target),
      exitScope,
      opens,
      credentials: undefined,
      where: { member: name },
    };
  }

  #dependency(facts: DependencyFacts): Provider {
    const definition = facts.id === undefined ? undefined : this.context.types.definition(facts.id);
    const type = definition?.kind === 'function' ? definition : undefined;
    const where: Where = { member: facts.name, file: facts.where.file, line: facts.where.line };
    const requirements = Object.entries(facts.inputs ?? {}).map(([name, requirement]) =>
      requirementOfEntry(name, requirement, { ...where, parameter: name }, this.context),
    );
    const { call, name, lifetime, opens, throws } = facts;
    return {
      kind: 'function',
      name,
      call,
      requirements,
      ...callTraits(call, type),
      lifetime,
      exitScope: facts.scope,
      opens,
      credentials: undefined,
      throws,
      where,
    };
  }

  #class(type: Class, where: Where, substitute: Lifetime | undefined): Provider {
    const { injectable, settings, where: decorated } = declarationOf(type);
    const definition = this.context.types.of(type);
    const place: Where = {
      type: type.name,
      file: decorated?.file,
      line: decorated?.line,
      ...this.context.types.place(type),
    };
    const traits = {
      name: type.name,
      call: type,
      async: false,
      generator: false,
      exitScope: 'function',
      credentials: undefined,
      where: place,
    } as const;
    if (settings !== undefined)
      return { kind: 'settings', requirements: [], lifetime: 'singleton', ...traits };
    if (definition?.abstract) {
      throw new BootError(
        'ABSTRACT_CLASS',
        where,
        `${type.name} is abstract, and nothing says which class stands for it.`,
        `provide: [provide(${type.name}, …)] in the options of the application`,
      );
    }
    const lifetime = injectable?.lifetime ?? substitute;
    if (lifetime === undefined) {
      throw new BootError(
        'INJECTABLE_MISSING',
        where,
        `${type.name} has no @Injectable(), so it is not known how it is made.`,
        `@Injectable() above class ${type.name}`,
      );
    }
    return {
      kind: 'constructor',
      requirements: requirementsOfConstructor(type, place, this.context),
      lifetime,
      ...traits,
    };
  }
}

function scheme(facts: SchemeFacts, where: Where): Provider {
  return {
    kind: 'scheme',
    name: facts.name,
    call: facts.read,
    requirements: [],
    async: functions.isAsyncFunction(facts.read),
    generator: false,
    lifetime: 'request',
    exitScope: 'function',
    credentials: Object.freeze({ schemes: facts.schemes, optional: facts.optional }),
    where,
  };
}

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

/** How long the result of a target lives, as its author said. */
function lifetimeOf(target: unknown): Lifetime {
  const facts = factsOf(target);
  if (facts?.kind === 'dependency') return facts.lifetime;
  if (!isClass(target)) return 'request';
  // Whoever stands for them, there is one set of rooms.
  if (contextOf(target) === 'rooms') return 'singleton';
  const { injectable, settings } = declarationOf(target);
  return injectable?.lifetime ?? (settings === undefined ? 'request' : 'singleton');
}

function remember<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
