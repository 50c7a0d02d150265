import type { Needs } from '../declare/dependency';

/** An OpenAPI 3.1 document. */
export interface OpenAPIDocument {
  openapi: string;
  info: { title: string; version: string; [more: string]: unknown };
  paths: Record<string, Record<string, unknown>>;
  components?: {
    schemas?: Record<string, SchemaObject>;
    securitySchemes?: Record<string, Record<string, unknown>>;
    [more: string]: unknown;
  };
  [more: string]: unknown;
}

/** A JSON Schema, 2020-12. */
export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

/** Which of several operations of one path a document shows. */
export interface DocumentView {
  /** The version that is documented; without it the newest of each operation. */
  readonly version?: string;
  /** The host that a client names; without it the first operation of those that differ by it. */
  readonly host?: string;
}

/** Where the document and its pages are served, and how they look. */
export interface DocsOptions {
  /** The document: `/openapi.json`. */
  url?: string;
  /** The document as YAML, such as `/openapi.yaml`: false by default. */
  yaml?: string | false;
  /** Swagger UI: `/docs`; false also drops the route of `oauthRedirect`. */
  swagger?: string | false;
  /** ReDoc: `/redoc`. */
  redoc?: string | false;
  swaggerParameters?: Readonly<Record<string, unknown>>;
  /** Where Swagger UI returns to after a login: `/docs/oauth2-redirect`. */
  oauthRedirect?: string | false;
  oauth?: {
    clientId?: string;
    clientSecret?: string;
    scopes?: string;
    usePkce?: boolean;
    [more: string]: unknown;
  };
  /** Two schemas where input and output differ: true by default. */
  separateInputOutput?: boolean;
  /** Adds `rootPath` to the servers. */
  rootPathInServers?: boolean;
  /** What has to agree before the document and its pages are shown: dependencies, security schemes. */
  dependencies?: readonly Needs[];
  /** Has the last word on the document, once (on each, where versions or hosts have their own); only the server that a proxy adds comes later. */
  transform?: (document: OpenAPIDocument) => OpenAPIDocument;
}

/** Whom to ask about the API. */
export interface Contact {
  name?: string;
  url?: string;
  email?: string;
}
/** The licence of the API: by identifier or by address. */
export type License =
  | { name: string; identifier?: string; url?: never }
  | { name: string; url?: string; identifier?: never };
/** A server the API is reached at. */
export interface ServerInfo {
  url: string;
  description?: string;
  variables?: Readonly<
    Record<string, { default: string; enum?: readonly string[]; description?: string }>
  >;
}
/** A group of operations. */
export interface Tag {
  name: string;
  description?: string;
  externalDocs?: ExternalDocs;
}
/** More documentation elsewhere. */
export interface ExternalDocs {
  url: string;
  description?: string;
}
