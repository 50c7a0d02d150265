/** An OpenAPI 3.1 document. */
export interface OpenAPIDocument {
  /** The version of OpenAPI. */
  openapi: string;
  /** Title, version and more about the API. */
  info: { title: string; version: string; [more: string]: unknown };
  /** The operations by path and method. */
  paths: Record<string, Record<string, unknown>>;
  /** Schemas, security schemes and more that operations refer to. */
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
  /**
   * The version that is documented.
   * @default the newest of each operation
   */
  readonly version?: string;
  /**
   * The host that a client asks.
   * @default the first operation of those that differ by it
   */
  readonly host?: string;
}

/** Whom users of the API can ask. */
export interface Contact {
  /** Their name. */
  name?: string;
  /** The address of a page about them. */
  url?: string;
  /** Their e-mail address. */
  email?: string;
}
/** The licence of the API: by its SPDX identifier or by an address. */
export type License =
  | { name: string; identifier?: string; url?: never }
  | { name: string; url?: string; identifier?: never };
/** A server where the API is reached. */
export interface ServerInfo {
  /** Its address; it may have variables in braces. */
  url: string;
  /** A text about it. */
  description?: string;
  /** The variables of its address, by name. */
  variables?: Readonly<
    Record<string, { default: string; enum?: readonly string[]; description?: string }>
  >;
}
/** A description of a tag, which groups operations. */
export interface Tag {
  /** The tag. */
  name: string;
  /** A text about it in Markdown. */
  description?: string;
  /** A link to more about it. */
  externalDocs?: ExternalDocs;
}
/** A link to more documentation. */
export interface ExternalDocs {
  /** The address. */
  url: string;
  /** A text about what is there. */
  description?: string;
}
