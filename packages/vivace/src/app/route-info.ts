import type { EntryInfo, RouteInfo, RouteInput } from '../declare/server';
import type { Middleware } from '../declare/options/layer-options';
import type { Node } from '../model/node';
import type { AppModel, Operation, SecurityUse, SocketOperation } from '../model/model';
import { walkOperation } from '../model/graph/walk';
import { hostName } from '../model/host';
import type { Schema } from '../schema/schema';
import { typeName } from '../schema/type-names';

/** What the application answers, one entry a method and path, in the order of the program. */
export function routesOf({ operations, sockets }: AppModel): readonly RouteInfo[] {
  return [...operations.flatMap(operationRoutes), ...sockets.map(socketRoute)];
}

/** What else calls the application, in the order of the extensions. */
export function entryInfosOf({ entries }: AppModel): readonly EntryInfo[] {
  return entries.map(({ kind, title, name, root, effects, payload, extension, where }) => ({
    kind: kind.toUpperCase(),
    name: title.slice(kind.length + 1) || null,
    handler: name,
    file: where.file ?? null,
    line: where.line ?? null,
    extension,
    payload: payload === undefined ? null : typeName(payload.schema),
    dependencies: dependenciesOf({ root, effects }),
  }));
}

function operationRoutes(operation: Operation): RouteInfo[] {
  const { path, id, response, docs, security, apiVersion = null } = operation;
  return operation.methods.map((method) => ({
    ...placeOf(operation),
    method,
    path,
    apiVersion,
    operationId: id,
    inputs: inputsOf(operation),
    dependencies: dependenciesOf(operation),
    middleware: operation.middleware.map(nameOf),
    security: security.map(credentialsName),
    status: response.status,
    response: response.schema === undefined ? null : typeName(response.schema),
    tags: docs.tags,
    deprecated: docs.deprecated,
    hidden: docs.hidden,
  }));
}

function socketRoute(socket: SocketOperation): RouteInfo {
  return {
    ...placeOf(socket),
    method: 'WEBSOCKET',
    path: socket.path,
    apiVersion: null,
    operationId: null,
    inputs: inputsOf(socket),
    dependencies: dependenciesOf(socket),
    middleware: socket.middleware.map(nameOf),
    security: socket.security.map(credentialsName),
    status: 101,
    response: null,
    tags: [],
    deprecated: false,
    hidden: true,
  };
}

function placeOf({
  name,
  root,
  where,
  host,
  extension,
}: Operation | SocketOperation): Pick<
  RouteInfo,
  'name' | 'handler' | 'file' | 'line' | 'host' | 'extension'
> {
  return {
    name,
    handler: root.name,
    file: where.file ?? null,
    line: where.line ?? null,
    host: host === undefined ? null : hostName(host),
    extension: extension ?? null,
  };
}

function nameOf(middleware: unknown): string {
  return (middleware as Middleware).name || 'middleware';
}

function inputsOf({ root, effects }: Operation | SocketOperation): readonly RouteInput[] {
  return walkOperation(root, effects).flatMap((node) =>
    node.inputs.flatMap((input) =>
      'schema' in input
        ? [
            {
              source: input.kind,
              name: input.alias,
              type: typeName(input.schema),
              required: input.presence === 'required',
              extra: extraOf(input.schema),
            },
          ]
        : [],
    ),
  );
}

/** Of a DTO, of a list of such, or what the members of a union agree on. */
function extraOf(schema: Schema): RouteInput['extra'] {
  if (schema.kind === 'object') return schema.extra;
  if (schema.kind === 'list') return extraOf(schema.items);
  if (schema.kind !== 'union') return null;
  const all = new Set(schema.members.map(extraOf).filter((extra) => extra !== null));
  return all.size === 1 ? [...all][0]! : null;
}

/** `OAuth2PasswordBearer [items]`, `HTTPBearer | APIKeyHeader`. */
function credentialsName({ schemes, scopes }: SecurityUse): string {
  const names = schemes.map(({ name }) => name).join(' | ');
  return scopes.length === 0 ? names : `${names} [${scopes.join(' ')}]`;
}

/** Functions, injectables and settings, each once, without the controller and the schemes. */
function dependenciesOf({ root, effects }: Pick<Operation, 'root' | 'effects'>): readonly string[] {
  const [, ...nodes] = walkOperation(root, effects);
  const controller = root.inputs.find((input) => input.kind === 'node')?.node;
  return nodes
    .filter((node: Node) => node !== controller && node.kind !== 'scheme')
    .map(({ name }) => name);
}
