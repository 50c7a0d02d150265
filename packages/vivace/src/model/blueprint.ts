import { types as functions } from 'node:util';
import { declarationOf, factsOf } from '../declare/declarations';
import type { DependencyFacts, SchemeFacts } from '../declare/facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Types } from '../reflect/type';
import type { SchemaBuilder } from '../schema/builder';
import type { Class } from '../schema/schema';
import { callTraits } from './call-traits';
import { isClass, nameOf, shortName } from './classes';
import { contextOf } from './context';
import type { Lifetime, Node } from './model';
import { needOfEntry, needsOfConstructor, type Need } from './needs';
import type { Substitutions } from './substitutions';

/** Something callable with what it needs, before it has a place in the graph of an operation. */
export interface Blueprint extends Pick<
  Node,
  | 'kind'
  | 'name'
  | 'call'
  | 'async'
  | 'generator'
  | 'lifetime'
  | 'exitScope'
  | 'credentials'
  | 'throws'
  | 'where'
> {
  readonly needs: readonly Need[];
}

/** What all graphs of one build share. */
export interface Ground {
  readonly types: Types;
  readonly builder: SchemaBuilder;
  readonly substitutions: Substitutions;
}

/** Makes each blueprint once. */
export class Blueprints {
  readonly #resolved = new Map<unknown, Blueprint>();
  readonly #originals = new Map<unknown, Blueprint>();
  readonly #scoped = new Map<Blueprint, boolean>();
  readonly #guards = new Map<Blueprint, boolean>();
  readonly #controllers = new Map<Class, Blueprint>();

  constructor(readonly ground: Ground) {}

  /** What a dependency, scheme or class comes to, after substitution; `where` is the place that asks for it. */
  of(target: unknown, where: Where): Blueprint {
    return remember(this.#resolved, target, () => {
      const { by, substituted } = this.ground.substitutions.resolve(target);
      return substituted ? this.#substitute(target, by, where) : this.#original(target, where);
    });
  }

  /** A controller is made for each request, like an injectable. */
  controller(type: Class, where: Where): Blueprint {
    const lifetime = declarationOf(type).injectable?.lifetime ?? 'request';
    return remember(this.#controllers, type, () => this.#class(type, where, lifetime));
  }

  /** Whether its result depends on the scopes: it is a scheme, adds or reads scopes, or needs one that does. */
  usesScopes(blueprint: Blueprint, outer: readonly Blueprint[] = []): boolean {
    if (outer.includes(blueprint)) return false;
    return remember(this.#scoped, blueprint, () => {
      const uses = (need: Need): boolean => {
        if (need.is === 'context') return need.of === 'scopes';
        return (
          need.is === 'use' &&
          (need.use.scopes.length > 0 ||
            this.usesScopes(this.of(need.use.of, need.where), [...outer, blueprint]))
        );
      };
      return blueprint.kind === 'scheme' || blueprint.needs.some(uses);
    });
  }

  /** Whether it stands between requests and the handler: under `Security`, a scheme, or a function that needs such. */
  isGuard(need: Need, outer: readonly Blueprint[] = []): boolean {
    if (need.is !== 'use' || need.use.security) return need.is === 'use';
    const blueprint = this.of(need.use.of, need.where);
    if (outer.includes(blueprint)) return false;
    return remember(this.#guards, blueprint, () => {
      const { kind, needs } = blueprint;
      return (
        kind === 'scheme' ||
        (kind === 'function' && needs.some((inner) => this.isGuard(inner, [...outer, blueprint])))
      );
    });
  }

  #original(target: unknown, where: Where, lifetime?: Lifetime): Blueprint {
    return remember(this.#originals, target, () => {
      const facts = factsOf(target);
      if (facts?.is === 'dependency') return this.#dependency(facts);
      if (facts?.is === 'scheme') return scheme(facts, where);
      if (isClass(target)) return this.#class(target, where, lifetime);
      throw new BootError(
        'NOT_A_DEPENDENCY',
        where,
        `This needs ${nameOf(target)}, which is not a dependency.`,
        adviceFor(target),
      );
    });
  }

  #substitute(target: unknown, by: unknown, where: Where): Blueprint {
    const facts = factsOf(by);
    if (facts?.is === 'dependency' || facts?.is === 'scheme' || isClass(by))
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
    const exitScope = known?.is === 'dependency' ? known.scope : 'function';
    const name = shortName(target);
    return {
      kind: 'function',
      name,
      call: by,
      needs: [],
      ...callTraits(by, undefined),
      lifetime: lifetimeOf(target),
      exitScope,
      credentials: undefined,
      where: { member: name },
    };
  }

  #dependency(facts: DependencyFacts): Blueprint {
    const definition = facts.id === undefined ? undefined : this.ground.types.definition(facts.id);
    const type = definition?.kind === 'function' ? definition : undefined;
    const where: Where = { member: facts.name, file: facts.where.file, line: facts.where.line };
    const needs = Object.entries(facts.inputs ?? {}).map(([name, need]) =>
      needOfEntry(name, need, { ...where, parameter: name }, this.ground),
    );
    const { call, name, lifetime, throws } = facts;
    return {
      kind: 'function',
      name,
      call,
      needs,
      ...callTraits(call, type),
      lifetime,
      exitScope: facts.scope,
      credentials: undefined,
      throws,
      where,
    };
  }

  #class(type: Class, where: Where, substitute: Lifetime | undefined): Blueprint {
    const { injectable, settings, where: decorated } = declarationOf(type);
    const definition = this.ground.types.of(type);
    const place: Where = {
      type: type.name,
      file: decorated?.file,
      line: decorated?.line,
      ...this.ground.types.place(type),
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
      return { kind: 'settings', needs: [], lifetime: 'singleton', ...traits };
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
      needs: needsOfConstructor(type, place, this.ground),
      lifetime,
      ...traits,
    };
  }
}

function scheme(facts: SchemeFacts, where: Where): Blueprint {
  return {
    kind: 'scheme',
    name: facts.name,
    call: facts.read,
    needs: [],
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
    factsOf(target)?.is === 'token'
  )
    return 'an input, such as Query(String) or Header(int)';
  return typeof target === 'function'
    ? `dependency(${target.name === '' ? '() => …' : target.name})`
    : 'a dependency, an input, a security scheme or an @Injectable class';
}

/** How long the result of a target lives, as its author said. */
function lifetimeOf(target: unknown): Lifetime {
  const facts = factsOf(target);
  if (facts?.is === 'dependency') return facts.lifetime;
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
