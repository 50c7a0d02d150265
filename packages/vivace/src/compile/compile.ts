import { HTTPException } from '../errors/http-exception';
import type { Node, Operation, SocketOperation } from '../model/model';
import type { Runtime } from './exchange';
import { isGenerator } from './generators';
import { printHandler, type Printed } from './handler';
import { jsonText } from './jsonable';
import { planOf } from './plan';
import { serializerOf } from './serializer';

/** An operation as a function of a request: it gives the JSON text of the answer, or a response to be sent as it is. */
export type CompiledOperation = Printed;

/** Makes the function of a path operation. */
export function compileOperation(operation: Operation, runtime: Runtime): CompiledOperation {
  return printHandler(operation, planOf(operation), runtime, finisher(operation, runtime));
}

/** Makes the function of a WebSocket handler, which gives nothing. */
export function compileSocket(operation: SocketOperation, runtime: Runtime): CompiledOperation {
  return printHandler(operation, planOf(operation), runtime, () => undefined);
}

/** Makes the function of a dependency that runs outside HTTP; it gives the value of the dependency. */
export function compileJob(job: Node, runtime: Runtime): CompiledOperation {
  const root: Node = {
    ...job,
    kind: 'function',
    name: 'job',
    call: ({ job: value }: { job: unknown }) => value,
    inputs: [{ kind: 'node', name: 'job', node: job }],
    async: 'maybe',
    generator: false,
    lifetime: 'call',
    scheme: undefined,
  };
  return printHandler({ path: '', where: job.where }, planOf({ effects: [], root }), runtime, (value) => value);
}

/** Turns what a handler returned into what is sent. */
function finisher({ response, root }: Operation, runtime: Runtime): (result: unknown) => unknown {
  const { Response } = runtime;
  const write = response.schema === undefined ? writeAny : serializerOf(response.schema, response.filter);
  const give = response.kind !== 'json' ? (items: unknown) => runtime.stream(items, response, write) : wrapped(response, write);
  if (root.generator === false) {
    return (result) => {
      if (result instanceof Response) return result;
      if (result instanceof HTTPException) throw result;
      return give(result);
    };
  }
  return (result) => {
    if (result instanceof Response) return result;
    if (result instanceof HTTPException) throw result;
    return isGenerator(result) ? runtime.stream(result, response, write) : give(result);
  };
}

const writeAny = (value: unknown): string => jsonText(value === undefined ? null : value);

/** Where a response class is given, it takes the value as JSON would hold it. */
function wrapped({ type, status, schema }: Operation['response'], write: (value: unknown) => string): (value: unknown) => unknown {
  if (type === undefined) return write;
  const Type = type as new (content: unknown, options: { status: number }) => object;
  return (value) => {
    const asGiven = schema === undefined && (typeof value === 'string' || value instanceof Uint8Array);
    return new Type(asGiven ? value : (JSON.parse(write(value)) as unknown), { status });
  };
}
