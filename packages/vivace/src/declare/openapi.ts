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
