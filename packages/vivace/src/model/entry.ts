import { types as functions } from 'node:util';
import type { Class } from '../declare/class';
import type { OccasionFacts } from '../declare/occasion';
import type { EntryFacts } from '../declare/class-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Schema } from '../schema/schema';
import type { Entries } from './app-options';
import { inherited } from './controllers';
import type { BuildContext } from './graph/build-context';
import { callTraits } from './graph/call-traits';
import type { Graph } from './graph/graph';
import {
  isInjected,
  requirementOfUse,
  roleOf,
  useOf,
  type Requirement,
} from './graph/requirements';
import { rootNode } from './graph/root';
import { walkOperation, wayTo } from './graph/walk';
import { bodyOf } from './inputs/body';
import { inputOfParameter } from './inputs/inputs';
import {
  genericsOf,
  methodOf as typesOfMethod,
  parametersOf,
  type Parameter,
} from './inputs/parameters';
import type { InferredModels } from './inferred-models';
import type { EntryPoint } from './model';
import type { BodyInput } from './node';
import { awaitedModel } from './return-type';
import { checkContexts } from './transport';

/** What the entry points of one build share. */
interface EntryContext extends BuildContext {
  readonly models: InferredModels;
  readonly newGraph: (occasion: OccasionFacts) => Graph;
}
interface Declared {
  readonly type: Class;
  readonly declarer: Class;
  readonly facts: EntryFacts;
  readonly extension: string;
}

/**
 * The entry points that classes declare, each once.
 *
 * @throws BootError ENTRY_MISSING
 */
export function declaredEntries(entries: readonly Entries[]): readonly Declared[] {
  const classes = new Map(entries.toReversed().map((one) => [one.type, one]));
  return entries
    .filter((one) => classes.get(one.type) === one)
    .flatMap(({ type, extension, where }) => {
      const found = inherited(type, 'entries');
      if (found.length === 0) throw nothingDeclared(type, where);
      return found.map(({ declarer, facts }) => ({ type, declarer, facts, extension }));
    });
}

/** The classes whose instances come with calls. */
export function partsOf(declared: readonly Declared[]): ReadonlySet<Class> {
  return new Set(declared.flatMap(({ facts }) => facts.parts));
}

/** One entry point with everything that its method needs. */
export function entryOf(declared: Declared, context: EntryContext): EntryPoint {
  const { type, declarer, facts, extension } = declared;
  const { kind, key, options, parts, dependencies } = facts;
  const where: Where = {
    type: type.name,
    member: key,
    file: facts.where.file,
    line: facts.where.line,
    ...context.types.place(declarer, key),
  };
  const call = methodOf(type, key, where);
  const graph = context.newGraph({ kind: 'entry', handler: { type, method: key } });
  const parameters = parametersOf(context.types, type, declarer, key, where);
  if (parameters.length < call.length)
    throw untyped({ ...where, parameter: `parameter ${parameters.length + 1}` });
  const payloads = parameters.filter((parameter) => isPayload(parameter, context));
  const [, second] = payloads;
  if (second !== undefined) throw secondPayload(second);
  const effects = graph.effects(
    dependencies.map((dependency) => useOf('', dependency, where, context)),
  );
  const inputs = graph.inputs(
    parameters.map((parameter) =>
      payloads.includes(parameter)
        ? { kind: 'input', input: inputOfParameter(parameter, 'body', context.builder) }
        : requirementOf(parameter, context),
    ),
  );
  const root = rootNode({
    kind: 'method',
    name: `${type.name}.${key}`,
    call,
    inputs: [{ kind: 'node', name: 'controller', node: graph.controller(type, where) }, ...inputs],
    ...graph.constraints(inputs, where),
    ...callTraits(call, context.types.of(declarer)?.methods?.[key]),
    where,
  });
  graph.finish();
  const payload = inputs[parameters.indexOf(payloads[0]!)] as BodyInput | undefined;
  checkContexts(walkOperation(root, effects), 'entry', where, {
    known: new Set([...parts, payload]),
    named: (node) =>
      [root, ...effects]
        .map((from) => wayTo(from, node))
        .find((way) => way.length > 0)!
        .map(({ name }) => name)
        .join(' → '),
  });
  const body = bodyOf([root], where);
  return Object.freeze({
    kind,
    name: root.name,
    title: titleOf(kind, options),
    options,
    parts,
    root,
    effects,
    body: body && Object.freeze({ ...body, place: 'payload' }),
    payload,
    result: resultOf(declared, context, where),
    extension,
    where,
  });
}

/** What it is written or inferred to give; undefined where that says nothing, or is no data. */
function resultOf(
  { type, declarer, facts }: Declared,
  { types, models }: EntryContext,
  where: Where,
): Schema | undefined {
  const returns = typesOfMethod(types, type, declarer, facts.key)?.returns;
  if (returns === undefined) return undefined;
  const model = () => awaitedModel(returns, types);
  const read = models.read(model, where, genericsOf(types, type, declarer));
  return read === undefined || 'unread' in read ? undefined : read;
}

/** `EVENT orders`. */
function titleOf(kind: string, options: { readonly name?: unknown }): string {
  const { name } = options;
  return [kind.toUpperCase(), ...(typeof name === 'string' ? [name] : [])].join(' ');
}

function isPayload(parameter: Parameter, context: BuildContext): boolean {
  if (parameter.mark !== undefined) return false;
  const role = roleOf(parameter, context);
  return !(role.kind === 'context' || (role.kind === 'class' && isInjected(role.type, context)));
}

function requirementOf(parameter: Parameter, context: BuildContext): Requirement {
  const { mark, name, where } = parameter;
  if (mark?.kind === 'use') return requirementOfUse(name, mark, where, context);
  if (mark !== undefined)
    return { kind: 'input', input: inputOfParameter(parameter, mark.source, context.builder) };
  const role = roleOf(parameter, context);
  if (role.kind === 'context' || role.kind === 'class')
    return useOf(name, role.type, where, context);
  throw new TypeError(`${name} is neither injected nor the payload`);
}

function methodOf(type: Class, key: string, where: Where): Function {
  const method: unknown = type.prototype[key];
  if (typeof method === 'function' && !functions.isGeneratorFunction(method)) return method;
  throw new BootError(
    'ENTRY_METHOD',
    where,
    typeof method === 'function'
      ? 'An entry point is called for its result, and a generator gives none.'
      : `The class has no method '${key}'.`,
    `async ${key}(payload: …) { … }`,
  );
}

function nothingDeclared(type: Class, where: Where): BootError {
  return new BootError(
    'ENTRY_MISSING',
    where,
    `No method of class ${type.name} is an entry point.`,
    'a decorator of the package at the class or one of its methods',
  );
}

/** Its values would be undefined, and nobody would be told. */
function untyped(where: Where): BootError {
  return new BootError(
    'PARAMETER_TYPE',
    where,
    'The compiler did not write the type of this parameter.',
    'the class at the top of its file, with the decorator of the package above it',
  );
}

function secondPayload({ name, where }: Parameter): BootError {
  return new BootError(
    'ENTRY_PAYLOAD',
    where,
    `A call has one payload, and '${name}' would be a second.`,
    `one class with the fields of both; or @Depends(…) ${name} if it is a dependency`,
  );
}
