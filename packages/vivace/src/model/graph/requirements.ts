import { declarationOf } from '../../declare/class-facts';
import { declaredLifetime } from '../../declare/injectable';
import { factsOf, type UseFacts } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Class } from '../../declare/class';
import type { Needs } from '../../declare/provided';
import type { BuildContext } from './build-context';
import { substitute } from '../../schema/generics';
import { classify, classifyClass, type Role } from '../inputs/classify';
import { contextOf, type ContextKind } from '../inputs/context';
import { inputOfEntry, inputOfParameter } from '../inputs/inputs';
import type { BodyInput, ConstantInput, GivenInput, ParameterInput } from '../node';
import { isClass, nameOf } from '../classes';
import { constructorOf, parametersOf, type Parameter } from '../inputs/parameters';

/** What a callable asks for, by name. */
export type Requirement =
  | {
      readonly kind: 'input';
      readonly input: ParameterInput | BodyInput | ConstantInput | GivenInput;
    }
  | { readonly kind: 'context'; readonly name: string; readonly of: ContextKind }
  | { readonly kind: 'use'; readonly name: string; readonly use: UseFacts; readonly where: Where };

/** An entry of `dependency({ … })`. */
export function requirementOfEntry(
  name: string,
  requirement: Needs,
  where: Where,
  context: BuildContext,
): Requirement {
  const facts = factsOf(requirement);
  if (facts?.kind === 'input')
    return { kind: 'input', input: inputOfEntry(name, facts, where, context.builder) };
  return useOf(name, requirement, where, context);
}

/** What `Depends(…)`, `Security(…)`, a dependency, a scheme or a class asks for. */
export function useOf(
  name: string,
  value: Needs,
  where: Where,
  context: BuildContext,
): Requirement {
  const facts = factsOf(value);
  return requirementOfUse(name, facts?.kind === 'use' ? facts : plainUse(value), where, context);
}

/** The same for a parameter that is marked with it. */
export function requirementOfUse(
  name: string,
  use: UseFacts,
  where: Where,
  { substitutions, parts }: BuildContext,
): Requirement {
  if (substitutions.has(use.of)) return { kind: 'use', name, use, where };
  const context = contextOf(use.of);
  if (context !== undefined) return { kind: 'context', name, of: context };
  return parts.has(use.of) || factsOf(use.of)?.kind === 'placeholder'
    ? { kind: 'input', input: givenInput(name, use.of) }
    : { kind: 'use', name, use, where };
}

function givenInput(name: string, key: Needs): GivenInput {
  return Object.freeze({ kind: 'given', name, key, label: nameOf(key) });
}

/** What a constructor asks for. It reads the request only where a parameter is marked. */
export function requirementsOfConstructor(
  type: Class,
  where: Where,
  context: BuildContext,
): readonly Requirement[] {
  const declarer = constructorOf(context.types, type);
  if (declarer === undefined) return [];
  const parameters = parametersOf(context.types, type, declarer, undefined, where);
  if (parameters.length === 0 && declarer.length > 0) {
    throw new BootError(
      'CONSTRUCTOR_UNKNOWN',
      where,
      `The types of the constructor of ${declarer.name} are not known.`,
      `@Injectable() above class ${declarer.name}, or run npx vivace-types`,
    );
  }
  return parameters.map((parameter) => requirementOfConstructorParameter(parameter, context));
}

/** Whether a constructor asks for nothing but what the container has. */
export function asksForServices(type: Class, where: Where, context: BuildContext): boolean {
  const declarer = constructorOf(context.types, type);
  if (declarer === undefined) return false;
  const parameters = parametersOf(context.types, type, declarer, undefined, where);
  const isService = (parameter: Parameter): boolean => {
    if (parameter.mark !== undefined) return true;
    const role = roleOf(parameter, context);
    return role.kind === 'context' || (role.kind === 'class' && isInjected(role.type, context));
  };
  return parameters.length > 0 && parameters.every(isService);
}

/** Whether the class is injected by its type. */
export function isInjected(type: Class, { substitutions, parts }: BuildContext): boolean {
  return (
    declaredLifetime(type) !== undefined ||
    declarationOf(type).settings !== undefined ||
    substitutions.provides(type) ||
    parts.has(type)
  );
}

/** The role of an unmarked parameter: by its type in the side-car, else by what the emitter left. */
export function roleOf(
  { type, design, generics, where }: Parameter,
  { types, substitutions }: BuildContext,
): Role {
  // What the program provides is a class, also one of a library, of which the side-car knows nothing.
  if (design !== undefined && substitutions.provides(design))
    return { kind: 'class', type: design };
  return type === undefined
    ? classifyClass(design, where)
    : classify(substitute(type, generics), types, where);
}

function requirementOfConstructorParameter(
  parameter: Parameter,
  context: BuildContext,
): Requirement {
  const { mark, name, where } = parameter;
  if (mark?.kind === 'use') return requirementOfUse(name, mark, where, context);
  if (mark !== undefined)
    return { kind: 'input', input: inputOfParameter(parameter, mark.source, context.builder) };
  const role = roleOf(parameter, context);
  if (role.kind === 'context') {
    return useOf(name, role.type, where, context);
  }
  if (parameter.defaulted || parameter.optional) {
    if (role.kind !== 'class' || !isInjected(role.type, context))
      return { kind: 'input', input: Object.freeze({ kind: 'constant', name, value: undefined }) };
  }
  if (role.kind === 'class') return useOf(name, role.type, where, context);
  throw constructorError(parameter, role);
}

function constructorError({ name, design, where }: Parameter, role: Role): BootError {
  if (role.kind === 'interface') {
    return new BootError(
      'INTERFACE_INJECTED',
      where,
      `The interface ${role.name} does not exist when the program runs, so nothing can be injected for it.`,
      `an abstract class ${role.name} and provide(${role.name}, …), or @Depends(…) before the parameter`,
    );
  }
  return new BootError(
    'CONSTRUCTOR_PARAMETER',
    where,
    'A constructor reads the request only where a parameter is marked, so it is not known where this value comes from.',
    role.kind === 'scalar'
      ? `@Query() ${name}, @Depends(…) ${name}, or a default: ${name} = …`
      : `@Depends(…) ${name}, or ${isClass(design) ? `provide(${design.name}, …) in the options of the application` : 'an @Injectable class as its type'}`,
  );
}

function plainUse(of: Needs): UseFacts {
  return { kind: 'use', of, cache: true, scope: undefined, security: false, scopes: [] };
}
