import type { SchemaObject } from './openapi';
import type { Response } from '../responses/response';
import type { Class } from './class';
import type { Needs } from './provided';
import type { ExceptionHandler } from './exceptions';
import type { Request } from './parts';
import type { Example } from './rules';
import type { Type } from './types';

/** What an application, a controller or `include` says about all operations inside it. */
export interface Shared {
  /** Tags of the operations, in the document. */
  tags?: readonly string[];
  /** Dependencies that run for their effect, such as guards; the outermost first. */
  dependencies?: readonly Needs[];
  /** Middleware around the operations; the first is the outermost. */
  middleware?: readonly Middleware[];
  /** Exception handlers, made by `on`; the nearest to the operation wins. */
  exceptions?: readonly ExceptionHandler[];
  /** More responses of the operations, in the document. */
  responses?: Responses;
  /** The class that makes a response of what a handler returns, such as `HTMLResponse`. */
  responseClass?: ResponseClass;
  /** Controllers whose operations are documented as callbacks and never served. */
  callbacks?: readonly Class[];
  /** Whether the document says that the operations are deprecated. */
  deprecated?: boolean;
  /**
   * The version that requests name in the header `Accept-Version`; those that name none are
   * answered by the oldest.
   */
  apiVersion?: string;
  /** Whether the document leaves the operations out. */
  hidden?: boolean;
  /**
   * The most bytes that a body may have; files of a form do not count.
   * @default 1 MiB
   */
  bodyLimit?: number;
  /**
   * Whether a JSON body is read only if its content type says JSON.
   * @default `true`
   */
  strictContentType?: boolean;
  /** Makes the id of operations that have none of their own. */
  operationId?: (operation: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
  }) => string;
}

/**
 * A function around every request inside it: it may change the request, calls `next` for the
 * response, and gives that or another one.
 */
export type Middleware = (
  request: Request,
  next: () => Promise<Response>,
) => Response | Promise<Response>;

/** More responses in the document, by status, range (`4XX`) or `default`. */
export type Responses = {
  readonly [S in number | `${1 | 2 | 3 | 4 | 5}XX` | 'default']?: AdditionalResponse;
};
/** What the document says about one more response. */
export interface AdditionalResponse {
  /** The type of the body. */
  response?: Type;
  /**
   * When it is sent.
   * @default the name of the status
   */
  description?: string;
  /** Its headers, as OpenAPI describes them. */
  headers?: Readonly<Record<string, unknown>>;
  /** Its content by media type, as OpenAPI describes it. */
  content?: Readonly<
    Record<
      string,
      {
        schema?: SchemaObject;
        itemSchema?: SchemaObject;
        example?: unknown;
        examples?: Readonly<Record<string, Example>>;
      }
    >
  >;
}
export type ResponseClass = abstract new (...args: never[]) => Response;
