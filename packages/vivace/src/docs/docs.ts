import { present } from '../declare/present';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { VivaceOptions } from '../declare/options/vivace-options';
import type { AppModel } from '../model/model';
import { HTTPException } from '../errors/http-exception';
import { allVersions } from '../model/api-version';
import { mayShareNames } from '../openapi/alike';
import { openapi } from '../openapi/document';
import { merge } from '../openapi/merge';
import type { DocumentView, OpenAPIDocument } from '../declare/openapi';
import type { DocsSettings } from './docs-settings';
import { registerSwagger } from './swagger';

/** The document, for the address that a proxy serves the application under; 404 for a version that is not there. */
export type DocumentFor = (rootPath: string, view?: DocumentView) => OpenAPIDocument;

/** The applications that routes belong to: a mounted one is told of its routes after the one around it. */
const owners = new WeakMap<object, AppModel>();

/**
 * The document of an application.
 *
 * `@fastify/swagger` collects the plain Fastify routes that have a schema, and carries the whole document as `fastify.swagger()`.
 */
export async function documentOf(
  model: AppModel,
  options: VivaceOptions,
  docs: DocsSettings,
  fastify: FastifyInstance,
): Promise<DocumentFor> {
  let plain: Record<string, unknown> = {};
  const own = ownPart(model, options, docs);
  const carried: FastifyDynamicSwaggerOptions = {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.title ?? 'Vivace', version: options.version ?? '0.1.0' },
    },
    transform: ({ schema, url, route }) => {
      const hidden = (schema as object | undefined) === undefined || owners.get(route) !== model;
      return { schema: hidden ? { hide: true } : schema, url: url.slice(fastify.prefix.length) };
    },
    transformObject: (found) => {
      plain = plainPart(
        ('openapiObject' in found ? found.openapiObject : {}) as unknown as OpenAPIDocument,
      );
      return merge(own({}), plain) as never;
    },
  };
  let hasPlain = false;
  fastify.addHook('onRoute', (route) => {
    owners.set(route, model);
    hasPlain ||= route.schema !== undefined && route.schema.hide !== true;
  });
  // Loaded at once: it has to see the routes that plugins add.
  await registerSwagger(fastify, carried);
  const versions = allVersions(model.operations);
  const hosts = model.operations.flatMap(({ host }) => host ?? []);
  const documents = new Map<string, OpenAPIDocument>();
  const document: DocumentFor = (rootPath, { version, host } = {}) => {
    if (version !== undefined && !versions.includes(version))
      throw new HTTPException(
        404,
        `There is no such version; there are ${versions.join(', ') || 'none'}`,
      );
    const view = {
      ...(version !== undefined && { version }),
      ...(host !== undefined && hosts.length > 0 && { host }),
    };
    // As many documents as there are versions and sets of hosts, whatever hosts clients name.
    const key = JSON.stringify([
      version,
      view.host === undefined ? null : hosts.map((pattern) => pattern.test(view.host!)),
    ]);
    let written = documents.get(key);
    if (written === undefined) {
      const whole = fastify.swagger() as unknown as OpenAPIDocument;
      const found =
        Object.keys(view).length === 0 ? whole : (merge(own(view), plain) as OpenAPIDocument);
      documents.set(key, (written = docs.transform?.(found) ?? found));
    }
    return docs.rootPathInServers && rootPath !== '' ? withServer(written, rootPath) : written;
  };
  // It is written when it is asked for, but where only writing it shows a mistake of the program.
  if (docs.served)
    fastify.addHook('onReady', async () => {
      if (!hasPlain && docs.transform === undefined && !mayShareNames(model)) return;
      for (const view of [{}, ...versions.map((version) => ({ version }))]) document('', view);
    });
  return document;
}

/** What the application itself documents. */
function ownPart(
  model: AppModel,
  options: VivaceOptions,
  { separateInputOutput, requiredDefaults, optionalSecurity }: DocsSettings,
): (view: DocumentView) => OpenAPIDocument {
  const {
    title,
    summary,
    description,
    version,
    termsOfService,
    contact,
    license,
    servers,
    externalDocs,
  } = options;
  const errors = typeof options.errors === 'object' ? options.errors.format : options.errors;
  const info = {
    title,
    summary,
    description,
    version,
    termsOfService,
    contact,
    license,
    servers,
    externalDocs,
    tags: options.tagsMetadata,
    ...present({ separateInputOutput, requiredDefaults, optionalSecurity }),
    ...(errors !== undefined && { errors }),
  } as Parameters<typeof openapi>[1];
  return (view) => openapi(model, info, view);
}

/** What plain Fastify routes add; `@fastify/swagger` writes empty components too. */
function plainPart({ paths, components }: OpenAPIDocument): Record<string, unknown> {
  const { schemas = {}, ...others } = components ?? {};
  return {
    paths: paths ?? {},
    ...((Object.keys(schemas).length > 0 || Object.keys(others).length > 0) && {
      components: { ...others, ...(Object.keys(schemas).length > 0 && { schemas }) },
    }),
  };
}

function withServer(document: OpenAPIDocument, url: string): OpenAPIDocument {
  const servers = (document['servers'] ?? []) as readonly { readonly url: string }[];
  return servers.some((server) => server.url === url)
    ? document
    : { ...document, servers: [{ url }, ...servers] };
}
