import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { dirname, join } from 'node:path';
import type { VivaceOptions } from '../declare/application';
import type { AppModel } from '../model/model';
import { openapi } from '../openapi/document';
import { merge } from '../openapi/merge';
import { oauthRedirectPage, redocPage, swaggerPage } from '../openapi/pages';
import type { DocsOptions, OpenAPIDocument } from '../openapi/types';
import { JSONResponse } from '../responses/json-response';
import type { Response } from '../responses/response';
import { documentationPage } from './page-policy';

/** Serves an answer of the framework's own, through the middleware of the application. */
export type Serve = (path: string, answer: (request: FastifyRequest) => Response) => void;

export interface Docs {
  /** The document, for the address that a proxy serves the application under. */
  readonly document: (rootPath: string) => OpenAPIDocument;
  /** The routes of document and pages. */
  readonly register: (fastify: FastifyInstance, serve: Serve, rootPathOf: (request: FastifyRequest) => string) => void;
}

/** The applications that routes belong to: a mounted one is told of its routes after the one around it. */
const owners = new WeakMap<object, AppModel>();

/**
 * The document of an application and the pages that show it.
 *
 * `@fastify/swagger` collects the plain Fastify routes that have a schema, and carries the whole document as `fastify.swagger()`.
 */
export async function docsOf(model: AppModel, options: VivaceOptions, fastify: FastifyInstance): Promise<Docs> {
  const docs = settled(options);
  const whole = documentOf(model, options, docs);
  const carried: FastifyDynamicSwaggerOptions = {
    openapi: { openapi: '3.1.0', info: { title: options.title ?? 'Vivace', version: options.version ?? '0.1.0' } },
    transform: ({ schema, url, route }) => {
      const hidden = (schema as object | undefined) === undefined || owners.get(route) !== model;
      return { schema: hidden ? { hide: true } : schema, url: url.slice(fastify.prefix.length) };
    },
    transformObject: (plain) =>
      merge(whole(), plainPart(('openapiObject' in plain ? plain.openapiObject : {}) as unknown as OpenAPIDocument)) as never,
  };
  fastify.addHook('onRoute', (route) => void owners.set(route, model));
  // Loaded at once: it has to see the routes that plugins add.
  await fastify.register(swagger, carried);
  const document = (rootPath: string): OpenAPIDocument => {
    const found = fastify.swagger() as unknown as OpenAPIDocument;
    const served = docs.rootPathInServers && rootPath !== '' ? withServer(found, rootPath) : found;
    return docs.transform?.(served) ?? served;
  };
  return {
    document,
    register: (instance, serve, rootPathOf) => registerPages(instance, serve, rootPathOf, docs, document, options.title ?? 'Vivace'),
  };
}

type Settled = Required<Pick<DocsOptions, 'url' | 'swagger' | 'redoc' | 'oauthRedirect' | 'rootPathInServers'>> &
  DocsOptions & { readonly served: boolean };

function settled({ docs }: VivaceOptions): Settled {
  const given = docs === false ? {} : (docs ?? {});
  return {
    url: '/openapi.json',
    swagger: '/docs',
    redoc: '/redoc',
    oauthRedirect: '/docs/oauth2-redirect',
    rootPathInServers: true,
    ...given,
    served: docs !== false,
  };
}

function documentOf(model: AppModel, options: VivaceOptions, { separateInputOutput }: Settled): () => OpenAPIDocument {
  const { title, summary, description, version, termsOfService, contact, license, servers, externalDocs } = options;
  const errors = typeof options.errors === 'object' ? options.errors.format : options.errors;
  let written: OpenAPIDocument | undefined;
  return () =>
    (written ??= openapi(model, {
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
      ...(separateInputOutput !== undefined && { separateInputOutput }),
      ...(errors !== undefined && { errors }),
    } as Parameters<typeof openapi>[1]));
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
  return servers.some((server) => server.url === url) ? document : { ...document, servers: [{ url }, ...servers] };
}

function registerPages(
  fastify: FastifyInstance,
  serve: Serve,
  rootPathOf: (request: FastifyRequest) => string,
  { served, url, swagger: ui, redoc, oauthRedirect, swaggerParameters, oauth }: Settled,
  document: Docs['document'],
  title: string,
): void {
  if (!served || url === '') return;
  serve(url, (request) => new JSONResponse(document(rootPathOf(request))));
  if (ui !== false) {
    const redirect = oauthRedirect === false ? {} : { oauth2RedirectUrl: oauthRedirect };
    const parameters = { ...(swaggerParameters !== undefined && { swaggerParameters }), ...(oauth !== undefined && { oauth }) };
    serve(ui, (request) => {
      const root = rootPathOf(request);
      const login = redirect.oauth2RedirectUrl === undefined ? {} : { oauth2RedirectUrl: root + redirect.oauth2RedirectUrl };
      return documentationPage(swaggerPage({ url: root + url, title: `${title} - Swagger UI`, ...login, ...parameters }));
    });
    if (oauthRedirect !== false) serve(oauthRedirect, () => documentationPage(oauthRedirectPage()));
  }
  if (redoc !== false)
    serve(redoc, (request) => documentationPage(redocPage({ url: rootPathOf(request) + url, title: `${title} - ReDoc` })));
  const pages = [ui, redoc].filter((page) => page !== false);
  for (const folder of new Set(pages.map((page) => dirname(page)))) serveAssets(fastify, `${folder === '/' ? '' : folder}/docs-assets/`);
}

const ASSETS = ['/swagger-ui.css', '/swagger-ui-bundle.js', '/redoc.standalone.js'];

/** The scripts and styles of the pages, which work without a network. */
function serveAssets(fastify: FastifyInstance, prefix: string): void {
  const own = join(dirname(require.resolve('vivace/package.json')), 'dist', 'assets');
  const swaggerUi = dirname(require.resolve('@fastify/swagger-ui/static/swagger-ui.css'));
  fastify.register(fastifyStatic, {
    root: [swaggerUi, own],
    prefix,
    decorateReply: false,
    maxAge: '1d',
    allowedPath: (path) => ASSETS.includes(path),
  });
}
