import { types as functions } from 'node:util';
import type { Class } from '../../declare/class';
import { attachedNeeds, attaching } from '../../declare/attach';
import { declarationOf } from '../../declare/class-facts';
import { declaredLifetime } from '../../declare/injectable';
import type { Lifetime } from '../../declare/options/dependency-options';
import { factsOf, type DependencyFacts, type SchemeFacts } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import { isClass, lineage, nameOf, shortName } from '../classes';
import { contextOf } from '../inputs/context';
import type { Node } from '../node';
import type { BuildContext } from './build-context';
import { callTraits } from './call-traits';
import {
  requirementOfEntry,
  requirementsOfConstructor,
  useOf,
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
  | 'explain'
  | 'credentials'
  | 'throws'
  | 'where'
> {
  readonly requirements: readonly Requirement[];
}

export function providerOfDependency(facts: DependencyFacts, context: BuildContext): Provider {
  const definition = facts.id === undefined ? undefined : context.types.definition(facts.id);
  const type = definition?.kind === 'function' ? definition : undefined;
  const where: Where = { member: facts.name, file: facts.where.file, line: facts.where.line };
  const requirements = Object.entries(facts.inputs ?? {}).map(([name, requirement]) =>
    requirementOfEntry(name, requirement, { ...where, parameter: name }, context),
  );
  const { call, name, lifetime, opens, explain, throws } = facts;
  return {
    kind: 'function',
    name,
    call,
    requirements,
    ...callTraits(call, type),
    lifetime,
    exitScope: facts.scope,
    opens,
    explain,
    credentials: undefined,
    throws,
    where,
  };
}

/**
 * A class that the container makes.
 *
 * @param substitute how long it lives if it does not say so itself
 */
export function providerOfClass(
  type: Class,
  where: Where,
  substitute: Lifetime | undefined,
  context: BuildContext,
): Provider {
  const { settings, where: decorated } = declarationOf(type);
  const definition = context.types.of(type);
  const known = context.types.place(type);
  // That of the decorator is found out from a stack.
  const place: Where = {
    type: type.name,
    file: known.file ?? decorated?.file,
    line: known.file === undefined ? decorated?.line : known.line,
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
  const lifetime = declaredLifetime(type) ?? substitute;
  if (lifetime === undefined) {
    throw new BootError(
      'INJECTABLE_MISSING',
      where,
      `${type.name} has no @Injectable(), so it is not known how it is made.`,
      `@Injectable() above class ${type.name}`,
    );
  }
  const requirements = requirementsOfConstructor(type, place, context);
  const attached = attachedNeeds(lineage(type));
  if (attached.length === 0) return { kind: 'constructor', requirements, lifetime, ...traits };
  return {
    kind: 'constructor',
    ...traits,
    call: attaching(type, requirements.length, attached),
    requirements: [
      ...requirements,
      ...attached.map((needs) => useOf(shortName(needs), needs, place, context)),
    ],
    lifetime,
  };
}

export function providerOfScheme(facts: SchemeFacts, where: Where): Provider {
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

/** A function that stands for something, and for what was said of that. */
export function providerOfSubstitute(target: unknown, by: unknown, where: Where): Provider {
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

/** How long the result of a target lives, as its author said. */
export function lifetimeOf(target: unknown): Lifetime {
  const facts = factsOf(target);
  if (facts?.kind === 'dependency') return facts.lifetime;
  if (!isClass(target)) return 'request';
  // Whoever stands for them, there is one set of rooms.
  if (contextOf(target) === 'rooms') return 'singleton';
  const { settings } = declarationOf(target);
  return declaredLifetime(target) ?? (settings === undefined ? 'request' : 'singleton');
}
