import type { AdditionalResponse, Middleware } from '../declare/options/layer-options';
import { factsOf, type MiddlewareDocs } from '../declare/value-facts';
import { checkWireName } from '../declare/wire-names';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { MethodData } from '../reflect/type-data';
import type { SchemaBuilder } from '../schema/builder';
import { titleOf } from '../schema/names';
import { documented } from '../schema/tags';
import type { Route } from './controllers';
import type { MergedLayers } from './layers';
import type { Operation, OperationDocs, ResponseDocs } from './model';
import type { Node } from './node';
import { thrownBy } from './throws';

/** What the document says about an operation beside its inputs and responses. */
export function docsOf(
  route: Route,
  nodes: readonly Node[],
  name: string,
  method: MethodData | undefined,
  shared: MergedLayers,
  callbacks: readonly Operation[],
  builder: SchemaBuilder,
): OperationDocs {
  const { options } = route.facts;
  const responses = Object.entries(shared.responses).map(([status, response]) => {
    checkStatus(status, route.where);
    checkHeaders(response, route.where);
    return [status, responseDocs(response, route, builder)] as const;
  });
  return Object.freeze({
    tags: Object.freeze(shared.tags),
    summary: options.summary ?? titleOf(name),
    description: options.description ?? documented(method?.doc),
    deprecated: shared.deprecated || method?.tags?.deprecated !== undefined,
    hidden: shared.hidden,
    responses: Object.freeze(Object.fromEntries(responses)),
    throws: thrownBy(nodes, { ...route, key: route.facts.key }, route.where),
    middleware: Object.freeze(shared.middleware.flatMap(docsOfMiddleware)),
    callbacks: Object.freeze(callbacks),
    openapiExtra: options.openapiExtra,
  });
}

function docsOfMiddleware(middleware: Middleware): readonly MiddlewareDocs[] {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.docs !== undefined ? [facts.docs] : [];
}

function checkStatus(key: string, where: Where): void {
  if (/^([1-5](\d\d|XX)|default)$/i.test(key)) return;
  throw new BootError(
    'RESPONSE_STATUS',
    where,
    `The option responses has the key '${key}', which is no status.`,
    "a status (404), a range ('4XX') or 'default'",
  );
}

function checkHeaders({ headers = {} }: AdditionalResponse, where: Where): void {
  for (const name of Object.keys(headers)) checkWireName('header', name, where);
}

function responseDocs(
  { response, ...rest }: AdditionalResponse,
  { where }: Route,
  builder: SchemaBuilder,
): ResponseDocs {
  return Object.freeze(
    response === undefined ? rest : { ...rest, schema: builder.fromValue(response, where) },
  );
}
