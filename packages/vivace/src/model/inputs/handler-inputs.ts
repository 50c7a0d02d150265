import type { Source } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { BuildContext } from '../graph/build-context';
import { inputOfParameter } from './inputs';
import { refusePathDefault } from './input-checks';
import {
  isInjected,
  roleOf,
  requirementOfUse,
  useOf,
  type Requirement,
} from '../graph/requirements';
import { isNamed, type Parameter } from './parameters';
import type { PathTemplate } from '../path';
import type { Class } from '../../declare/class';
import type { Types } from '../../reflect/types';

/** What of a route decides where an unmarked parameter of its handler comes from. */
export interface HandlerRoute {
  readonly methods: readonly string[];
  readonly template: PathTemplate;
  /** The path parameters that the operation itself names; those of a prefix may serve other operations. */
  readonly own: readonly string[];
}

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE']);

/** Where a parameter of a path operation or WebSocket comes from: its mark, its name in the path, its type. */
export function requirementOfHandlerParameter(
  parameter: Parameter,
  route: HandlerRoute,
  context: BuildContext,
): Requirement {
  const { mark, name, where } = parameter;
  if (mark?.kind === 'use') return requirementOfUse(name, mark, where, context);
  if (mark !== undefined) {
    const form =
      mark.source === 'form' && mark.type === undefined ? formClass(parameter, context) : undefined;
    if (form !== undefined) return useOf(name, form, where, context);
    if (mark.source === 'path' && (parameter.defaulted || parameter.optional))
      refusePathDefault(where);
    return input(parameter, mark.source, context);
  }
  if (!isNamed(parameter)) throw unnamed(parameter, context.types);
  if (route.template.parameters.includes(name)) {
    if (route.own.includes(name) && (parameter.defaulted || parameter.optional))
      refusePathDefault(where);
    return input(parameter, 'path', context);
  }
  return requirementByType(parameter, route, context);
}

/** A form may be a class whose constructor takes the fields one by one, as that of `OAuth2PasswordRequestForm` does. */
function formClass(parameter: Parameter, context: BuildContext): Class | undefined {
  const role = roleOf(parameter, context);
  return role.kind === 'class' && isInjected(role.type, context) ? role.type : undefined;
}

function requirementByType(
  parameter: Parameter,
  route: HandlerRoute,
  context: BuildContext,
): Requirement {
  const { name, where } = parameter;
  const role = roleOf(parameter, context);
  switch (role.kind) {
    case 'context':
      return useOf(name, role.type, where, context);
    case 'file':
      return input(parameter, 'file', context);
    case 'scalar':
      return input(parameter, 'query', context);
    case 'class':
      if (isInjected(role.type, context)) return useOf(name, role.type, where, context);
      checkModel(
        role.type.name,
        context.types.of(role.type)?.abstract === true,
        context.builder.isModel(role.type),
        where,
      );
      return body(parameter, role.type.name, route, context);
    case 'interface':
      return body(parameter, role.name, route, context);
    case 'body':
      return body(parameter, 'its type', route, context);
    default:
      throw typeless(parameter, role.kind === 'nothing');
  }
}

function input(parameter: Parameter, source: Source, { builder }: BuildContext): Requirement {
  return { kind: 'input', input: inputOfParameter(parameter, source, builder) };
}

function body(
  parameter: Parameter,
  type: string,
  { methods }: HandlerRoute,
  context: BuildContext,
): Requirement {
  const method = methods.find((one) => WITHOUT_BODY.has(one));
  if (method === undefined) return input(parameter, 'body', context);
  const { name, where } = parameter;
  throw new BootError(
    'BODY_INFERRED',
    where,
    `${type === 'its type' ? 'Its type' : type} makes '${name}' the body, but a ${method} request has none.`,
    `@Query() ${name}, so that it is read from the query string; @Depends(…) if it is a dependency; or @Body() ${name} if clients really send a body`,
  );
}

function checkModel(type: string, abstract: boolean, model: boolean, where: Where): void {
  if (abstract) {
    throw new BootError(
      'ABSTRACT_CLASS',
      where,
      `${type} is abstract, and nothing says which class stands for it.`,
      `provide: [provide(${type}, …)] in the options of the application`,
    );
  }
  if (model) return;
  throw new BootError(
    'INJECTABLE_MISSING',
    where,
    `${type} has a constructor with parameters, or no fields, so it is not the shape of a body; and it has no @Injectable().`,
    `@Injectable() above class ${type}, or fields for it if it describes a body`,
  );
}

function unnamed(parameter: Parameter, { mode }: Types): BootError {
  if (parameter.type === undefined) {
    return mode === 'full'
      ? new BootError(
          'PARAMETER_UNMARKED',
          parameter.where,
          'The types of this class are not known: its package was not compiled with Vivace.',
          '`vivace build` in its package, or `npx vivace-types --inject dist` there after `tsc`; or a mark for each parameter, such as @Query(String)',
        )
      : new BootError(
          'PARAMETER_UNMARKED',
          parameter.where,
          'Without the types of the program, each parameter needs a mark.',
          `@Query('name'), @Body() or another mark, or run npx vivace-types`,
        );
  }
  return new BootError(
    'PARAMETER_DESTRUCTURED',
    parameter.where,
    'A destructured parameter has no name, so it is not known which value is meant.',
    'a parameter with a name, or a mark that gives the whole value, such as @Body() or @Depends(…)',
  );
}

function typeless({ name, where }: Parameter, anything: boolean): BootError {
  if (anything) {
    return new BootError(
      'PARAMETER_TYPE',
      where,
      `The type of '${name}' says nothing (any or unknown), so it is not known where the value comes from.`,
      `a type, ${name}: string, or a mark: @Query() ${name}, @Body() ${name}`,
    );
  }
  return new BootError(
    'PARAMETER_TYPE',
    where,
    `No request can carry a value of the type of '${name}'.`,
    'a type such as string, int, Date, a class with fields, or a list of these; or @Depends(…) for what is made by the program',
  );
}
