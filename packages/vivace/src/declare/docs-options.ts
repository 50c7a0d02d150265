import type { Needs } from './provided';
import type { OpenAPIDocument } from './openapi';

/** Where the document and its pages are served, and how they look. */
export interface DocsOptions {
  /**
   * The path of the document.
   * @default `/openapi.json`
   */
  url?: string;
  /**
   * The path of the document as YAML, such as `/openapi.yaml`; `false`: none.
   * @default `false`
   */
  yaml?: string | false;
  /**
   * The path of Swagger UI; `false`: none, and no page for `oauthRedirect`.
   * @default `/docs`
   */
  swagger?: string | false;
  /**
   * The path of ReDoc; `false`: none.
   * @default `/redoc`
   */
  redoc?: string | false;
  /**
   * Parameters of Swagger UI.
   * @default those of FastAPI
   */
  swaggerParameters?: Readonly<Record<string, unknown>>;
  /**
   * The path to which Swagger UI returns after a login; `false`: none.
   * @default `/docs/oauth2-redirect`
   */
  oauthRedirect?: string | false;
  /** What Swagger UI fills in at a login. */
  oauth?: {
    /** The id of the client. */
    clientId?: string;
    /** The secret of the client; everybody who sees the page sees it. */
    clientSecret?: string;
    /** The scopes that are chosen, separated by blanks. */
    scopes?: string;
    /** Whether the login uses PKCE. */
    usePkce?: boolean;
    [more: string]: unknown;
  };
  /**
   * Whether a DTO whose input and output differ has two schemas.
   * @default `true`
   */
  separateInputOutput?: boolean;
  /**
   * Whether the path of a proxy or mount is the first server of the document.
   * @default `true`
   */
  rootPathInServers?: boolean;
  /**
   * What has to agree before the document and its pages are shown: dependencies, security schemes.
   */
  dependencies?: readonly Needs[];
  /**
   * Changes the document at the end, once; where versions or hosts have documents of their own,
   * each.
   */
  transform?: (document: OpenAPIDocument) => OpenAPIDocument;
}
