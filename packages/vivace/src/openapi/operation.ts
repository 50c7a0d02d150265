import { API_VERSION } from '../model/api-version';
import type { Method } from '../declare/options/operation-options';
import type { Operation } from '../model/model';
import { walkOperation } from '../model/graph/walk';
import type { Components } from './components';
import { defined, merge } from './merge';
import { headersOf, parameterInputs, parametersOf } from './parameters';
import { requestBodyOf } from './request-body';
import { errorsOf, type ErrorWriter } from './errors';
import { responsesOf } from './responses';
import { securityOf } from './security';
import { shownOperations } from './shown';
import type { DocumentView } from '../declare/openapi';

type Tree = Record<string, unknown>;

const WITHOUT_BODY: readonly Method[] = ['OPTIONS', 'TRACE'];

/** Collects what operations refer to while they are written. */
export interface OperationWriter extends ErrorWriter {
  readonly components: Components;
  /** Whether one optional scheme may be left out. */
  readonly optionalSecurity: boolean;
  useScheme(name: string, document: Readonly<Record<string, unknown>>): void;
}

/** The path items of some operations by their path. */
export function pathsOf(
  operations: readonly Operation[],
  writer: OperationWriter,
  view: DocumentView = {},
): Record<string, Tree> {
  const paths: Record<string, Tree> = {};
  for (const { operation, method, versions } of shownOperations(operations, view)) {
    const named = view.version === undefined || versions.length === 0 ? versions : [view.version];
    const header = versionParameter(named, versions[0]);
    (paths[operation.template] ??= {})[method.toLowerCase()] = operationObject(
      operation,
      method,
      header,
      writer,
    );
  }
  return paths;
}

function operationObject(
  operation: Operation,
  method: Method,
  header: readonly Tree[],
  writer: OperationWriter,
): Tree {
  const { docs, body, where } = operation;
  const input = writer.components.scope('input', where);
  const inputs = parameterInputs(walkOperation(operation.root, operation.effects));
  const around = docs.middleware.filter(({ methods }) => methods?.includes(method) ?? true);
  const own = parametersOf(inputs, input);
  const parameters = [...own, ...header, ...headersOf(around, own)];
  const described = responsesOf(operation, writer.components.scope('output', where));
  const thrown = [docs.throws, ...around.map(({ throws }) => throws)];
  const responses = {
    ...described,
    ...errorsOf({ described, thrown, takesInput: inputs.length > 0 || body !== undefined }, writer),
  };
  for (const { name, document } of operation.security.flatMap(({ schemes }) => schemes))
    writer.useScheme(name, document);
  const security = securityOf(operation, writer.optionalSecurity);
  const written = defined({
    tags: docs.tags.length > 0 ? docs.tags : undefined,
    summary: docs.summary,
    description: docs.description,
    operationId: idOf(operation, method),
    deprecated: docs.deprecated ? true : undefined,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody:
      body === undefined || WITHOUT_BODY.includes(method)
        ? undefined
        : requestBodyOf(operation, body, input),
    responses,
    callbacks: docs.callbacks.length > 0 ? callbacksOf(docs.callbacks, writer) : undefined,
    security: security.length > 0 ? security : undefined,
  });
  return docs.openapiExtra === undefined ? written : merge(written, docs.openapiExtra);
}

/** The header that names one of some versions; without it `oldest` answers. */
function versionParameter(
  versions: readonly string[],
  oldest: string | undefined,
): readonly Tree[] {
  if (versions.length === 0) return [];
  const description = `The version that is meant: ${oldest} unless it is named.`;
  return [
    {
      name: API_VERSION,
      in: 'header',
      required: oldest !== undefined && !versions.includes(oldest),
      schema: { type: 'string', enum: versions, title: API_VERSION },
      description,
    },
  ];
}

/** Of an operation with several methods each id ends in its own. */
function idOf({ id, methods }: Operation, method: Method): string {
  const suffix = `_${methods[0]!.toLowerCase()}`;
  return method === methods[0] || !id.endsWith(suffix)
    ? id
    : `${id.slice(0, -suffix.length)}_${method.toLowerCase()}`;
}

function callbacksOf(operations: readonly Operation[], writer: OperationWriter): Tree {
  const names = [...new Set(operations.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      pathsOf(
        operations.filter((operation) => operation.name === name),
        writer,
      ),
    ]),
  );
}
