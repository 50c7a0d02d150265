import type { Needs } from './provided';
import type { OpenAPIDocument } from './openapi';

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
