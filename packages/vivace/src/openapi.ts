export { jsonSchema } from './openapi/json-schema';
export { openapi30 } from './openapi/openapi30';
export { oauthRedirectPage, redocPage, swaggerPage } from './openapi/pages';
export type { DocsOptions } from './declare/options/docs-options';
export type {
  Contact,
  DocumentView,
  ExternalDocs,
  License,
  OpenAPIDocument,
  SchemaObject,
  ServerInfo,
  Tag,
} from './declare/openapi';
