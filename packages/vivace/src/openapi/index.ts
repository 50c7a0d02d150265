export { jsonSchema } from './json-schema';
export { openapi30 } from './openapi30';
export { oauthRedirectPage, redocPage, swaggerPage } from './pages';
export type {
  Contact,
  DocsOptions,
  DocumentView,
  ExternalDocs,
  License,
  OpenAPIDocument,
  SchemaObject,
  ServerInfo,
  Tag,
} from './types';
