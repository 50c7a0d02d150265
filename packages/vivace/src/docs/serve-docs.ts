import type { FastifyRequest } from 'fastify';
import { dirname, join } from 'node:path';
import { BootError } from '../errors/boot-error';
import type { OpenAPIDocument } from '../declare/openapi';
import type { AppModel } from '../model/model';
import { oauthRedirectPage, redocPage, swaggerPage } from '../openapi/pages';
import { FileResponse } from '../responses/file-response';
import { JSONResponse } from '../responses/json-response';
import { Response } from '../responses/response';
import { newestFirst, queryOf, viewOf } from './views';
import type { DocumentFor } from './docs';
import type { DocsSettings } from './docs-settings';
import { documentationPage } from './page-policy';
import type { RootPath } from '../http/root-path';

/** Serves an answer of the framework's own, through the middleware of the application; `open` to everybody, or behind the guard. */
export type Serve = (
  path: string,
  answer: (request: FastifyRequest) => Response,
  access?: 'open' | 'guarded',
) => void;

/** Adds the routes of the document and its pages. */
export function serveDocs(
  serve: Serve,
  rootPath: RootPath,
  docs: DocsSettings,
  versions: readonly string[],
  document: DocumentFor,
  title: string,
): void {
  const { served, url, yaml, swagger, redoc, oauthRedirect } = docs;
  if (!served) return;
  const written = (request: FastifyRequest) => document(rootPath(request), viewOf(request));
  serve(url, (request) => new JSONResponse(written(request)));
  if (yaml !== false)
    serve(yaml, (request) => new Response(textOf(written(request)), { media: 'application/yaml' }));
  if (swagger !== false) {
    serve(swagger, (request) => swaggerFor(rootPath(request), docs, versions, title));
    if (oauthRedirect !== false)
      serve(oauthRedirect, () => documentationPage(oauthRedirectPage()), 'open');
  }
  if (redoc !== false)
    serve(redoc, (request) =>
      documentationPage(
        redocPage({ url: rootPath(request) + url + queryOf(request), title: `${title} - ReDoc` }),
      ),
    );
  const folders = [swagger, redoc].flatMap((page) =>
    page === false ? [] : [page.slice(0, page.lastIndexOf('/'))],
  );
  for (const folder of new Set(folders)) serveAssets(serve, `${folder}/docs-assets`);
}

/** One line a value, and no anchors, which few readers of OpenAPI know. The package is loaded by the first who asks. */
function textOf(document: OpenAPIDocument): string {
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function swaggerFor(
  root: string,
  { url, oauthRedirect, swaggerParameters, oauth }: DocsSettings,
  versions: readonly string[],
  title: string,
): Response {
  const page = swaggerPage({
    url: root + url,
    ...(versions.length > 0 && { urls: newestFirst(root + url, versions) }),
    title: `${title} - Swagger UI`,
    ...(oauthRedirect !== false && { oauth2RedirectUrl: root + oauthRedirect }),
    ...(swaggerParameters !== undefined && { swaggerParameters }),
    ...(oauth !== undefined && { oauth }),
  });
  return documentationPage(page);
}

/** The scripts and styles of the pages, which work without a network. */
function serveAssets(serve: Serve, folder: string): void {
  const own = join(dirname(require.resolve('vivace/package.json')), 'dist', 'assets');
  const swaggerUi = dirname(require.resolve('@fastify/swagger-ui/static/swagger-ui.css'));
  const files = {
    'swagger-ui.css': swaggerUi,
    'swagger-ui-bundle.js': swaggerUi,
    'swagger-ui-standalone-preset.js': swaggerUi,
    'redoc.standalone.js': own,
  };
  for (const [name, directory] of Object.entries(files)) {
    const file = join(directory, name);
    serve(
      `${folder}/${name}`,
      () => new FileResponse(file, { headers: { 'cache-control': 'public, max-age=86400' } }),
      'open',
    );
  }
}

/** Refuses a path operation in the place of a page, which would be served in its stead. */
export function checkDocsPaths(
  { operations }: AppModel,
  { served, url, yaml, swagger, redoc }: DocsSettings,
): void {
  if (!served) return;
  for (const [option, path] of Object.entries({ url, yaml, swagger, redoc })) {
    const taken = operations.find(
      (one) => one.path === path && one.host === undefined && one.methods.includes('GET'),
    );
    if (taken === undefined) continue;
    throw new BootError(
      'ROUTE_DUPLICATE',
      taken.where,
      `GET ${taken.path} is already answered by the documentation.`,
      `another path, or docs: { ${option}: ${option === 'url' ? "'/other.json'" : 'false'} } in the options of the application`,
    );
  }
}
