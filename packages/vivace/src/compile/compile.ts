import { HTTPException } from '../errors/http-exception';
import { ResponseValidationError } from '../errors/response-validation-error';
import { rootNode } from '../model/graph/root';
import type { InjectedClass, Node } from '../model/node';
import type { EntryPoint, Guard, Operation, ResponsePlan, SocketOperation } from '../model/model';
import type { ItemWriters, Runtime } from './runtime';
import { isGenerator, isThenable } from '../errors/async';
import { printHandler, type Printed } from './handler';
import { traceOf } from '../process/trace';
import { lazy } from '../schema/lazy';
import { jsonText, spacedText } from '../serialize/jsonable';
import { planOf } from './plan';
import { alternatives, some } from '../schema/visit';
import { mayWait } from '../validate/user-code';
import { serializerOf, type Serialize } from '../serialize/serializer';

/** An operation as a function of a request: it gives the JSON text of the answer, or a response to be sent as it is. */
export type CompiledOperation = Printed;

/** Makes the function of a path operation when it is asked for: most of many are not for long. Who listens now is told of its calls. */
export function compileOperation(operation: Operation, runtime: Runtime): () => CompiledOperation {
  const trace = traceOf('dependency');
  const { schema } = operation.response;
  return lazy(() => {
    const waits = schema !== undefined && mayWait(schema);
    const finish = finisher(operation, runtime);
    return printHandler(operation, planOf(operation), runtime, finish, { waits, trace });
  });
}

/** Makes the function of a WebSocket handler, which gives nothing. */
export function compileSocket(operation: SocketOperation, runtime: Runtime): CompiledOperation {
  return printHandler(operation, planOf(operation), runtime, () => undefined);
}

/** Makes the function of dependencies that run before something else; whoever calls it closes what it opens. */
export function compileGuard(guard: Guard, runtime: Runtime): CompiledOperation {
  const plan = { ...planOf(guard), scoped: false };
  return printHandler({ path: '', where: guard.where }, plan, runtime, () => undefined);
}

/** Makes the function of a dependency that runs outside HTTP; it gives the value of the dependency. */
export function compileJob(job: Node, runtime: Runtime): CompiledOperation {
  const root: Node = {
    ...job,
    kind: 'function',
    name: 'job',
    call: ({ job: value }: { readonly job: unknown }) => value,
    inputs: [{ kind: 'node', name: 'job', node: job }],
    async: 'maybe',
    generator: false,
    lifetime: 'call',
    credentials: undefined,
  };
  return printHandler(
    { path: '', where: job.where },
    planOf({ effects: [], root }),
    runtime,
    (value) => value,
  );
}

/** Makes the function of an entry point; it gives what the method gives. */
export function compileEntry(
  { title, root, effects, body, where }: EntryPoint,
  runtime: Runtime,
): CompiledOperation {
  const operation = { path: title, where, ...(body !== undefined && { body }) };
  const plan = planOf({ effects, ...operation, root });
  return printHandler(operation, plan, runtime, (value) => value);
}

/** Makes the function that gives instances by their classes; whoever calls it closes what it opens. */
export function compileResolver(
  classes: readonly InjectedClass[],
  runtime: Runtime,
): CompiledOperation {
  const root = rootNode({
    kind: 'function',
    name: 'instances',
    call: (instances: Readonly<Record<string, object>>) =>
      new Map(classes.map(({ type }, index) => [type, instances[`instance_${index}`]])),
    inputs: classes.map(({ input }, index) => ({ ...input, name: `instance_${index}` })),
    async: false,
    generator: false,
    where: {},
  });
  const plan = { ...planOf({ effects: [], root }), scoped: false };
  return printHandler({ path: '', where: {} }, plan, runtime, (instances) => instances);
}

/** Turns what a handler returned into what is sent. */
function finisher({ response, root }: Operation, runtime: Runtime): (result: unknown) => unknown {
  const { Response } = runtime;
  const writers = itemWriters(response);
  const stream = (items: unknown): object => runtime.stream(items, response, writers);
  const give = response.kind === 'json' ? wrapped(response, writerOf(response), runtime) : stream;
  const mayStream = root.generator !== false && !isList(response);
  return (result) => {
    if (typeof result !== 'object' || result === null) return give(result);
    if (result instanceof Response) return result;
    if (result instanceof HTTPException) throw result;
    if (mayStream && isGenerator(result)) return stream(result);
    return runtime.raw(result, response) ?? give(result);
  };
}

/** Where a list is declared, a generator is one as well. */
const isList = ({ kind, schema }: ResponsePlan): boolean =>
  kind === 'json' &&
  schema !== undefined &&
  some(schema, (one) => one.kind === 'list', alternatives);

function writerOf({ schema, filter, raw, type }: ResponsePlan): Serialize {
  if (schema !== undefined) return serializerOf(schema, filter);
  return raw === 'only' && type === undefined ? notBytes : writeAny;
}

const writeAny = (value: unknown): string => jsonText(value === undefined ? null : value);

function notBytes(value: unknown): never {
  throw new ResponseValidationError([
    { type: 'bytes_type', loc: ['response'], msg: 'Input should be a valid bytes', input: value },
  ]);
}

function itemWriters({ schema, filter, freeEvents }: ResponsePlan): ItemWriters {
  const item = schema === undefined ? spacedText : serializerOf(schema, filter);
  return { item, data: freeEvents ? spacedText : item };
}

/** The value as JSON holds it, but for whole numbers that a number cannot hold. */
function heldAsJson(text: string): unknown {
  return JSON.parse(text, /\d{16}/.test(text) ? allDigits : undefined) as unknown;
}

function allDigits(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  const isLost = typeof value === 'number' && !Number.isSafeInteger(value);
  return isLost && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Where a response class is given, it takes the value as JSON would hold it. */
function wrapped(
  { type, status, schema }: ResponsePlan,
  write: Serialize,
  runtime: Runtime,
): (value: unknown) => unknown {
  if (type === undefined) return write;
  const respond = (text: string): unknown => runtime.respond(type, heldAsJson(text), status);
  return (value) => {
    if (schema === undefined && typeof value === 'string')
      return runtime.respond(type, value, status);
    const text = write(value);
    return isThenable(text) ? text.then(respond) : respond(text);
  };
}
