import type { Needs } from '../provided';
import type { OpenAPIDocument } from '../openapi';

/** Where the document and its pages are served, and how they look. */
export interface DocsOptions {
  /**
   * The path of the document.
   * @default `/openapi.json`
   */
  readonly url?: string;
  /**
   * The path of the document as YAML, such as `/openapi.yaml`; `false`: none.
   * @default `false`
   */
  readonly yaml?: string | false;
  /**
   * The path of Swagger UI; `false`: none, and no page for `oauthRedirect`.
   * @default `/docs`
   */
  readonly swagger?: string | false;
  /**
   * The path of ReDoc; `false`: none.
   * @default `/redoc`
   */
  readonly redoc?: string | false;
  /**
   * Parameters of Swagger UI.
   * @default those of FastAPI
   */
  readonly swaggerParameters?: Readonly<Record<string, unknown>>;
  /**
   * The path to which Swagger UI returns after a login; `false`: none.
   * @default `/docs/oauth2-redirect`
   */
  readonly oauthRedirect?: string | false;
  /** What Swagger UI fills in at a login. */
  readonly oauth?: {
    /** The id of the client. */
    readonly clientId?: string;
    /** The secret of the client; everybody who sees the page sees it. */
    readonly clientSecret?: string;
    /** The scopes that are chosen, separated by blanks. */
    readonly scopes?: string;
    /** Whether the login uses PKCE. */
    readonly usePkce?: boolean;
    [more: string]: unknown;
  };
  /**
   * Whether a DTO whose input and output differ has two schemas.
   * @default `true`
   */
  readonly separateInputOutput?: boolean;
  /**
   * Whether fields with a default are required in answers, which always have them; clients then need no check for undefined.
   * @default `false`, as FastAPI
   */
  readonly requiredDefaults?: boolean;
  /**
   * Whether an operation whose one scheme is optional says that nobody has to be known: `[{ Token: [] }, {}]`.
   * @default `false`, as FastAPI
   */
  readonly optionalSecurity?: boolean;
  /**
   * Whether the path of a proxy or mount is the first server of the document.
   * @default `true`
   */
  readonly rootPathInServers?: boolean;
  /**
   * What has to agree before the document and its pages are shown: dependencies, security schemes.
   */
  readonly dependencies?: readonly Needs[];
  /**
   * Changes the document at the end, once; where versions or hosts have documents of their own,
   * each.
   */
  readonly transform?: (document: OpenAPIDocument) => OpenAPIDocument;
}
