import type { SchemaObject } from '../openapi';
import type { Response } from '../../responses/response';
import type { Class } from '../class';
import type { Needs } from '../provided';
import type { ExceptionHandler } from '../exceptions';
import type { Request } from '../context-classes';
import type { Example } from './field-options';
import type { Type } from '../type';

/** What an application, a controller or `include` says about all operations inside it. */
export interface LayerOptions {
  /** Tags in the document; those of outer layers come first. */
  readonly tags?: readonly string[];
  /** Dependencies that run for their effect, such as guards; the outermost first. */
  readonly dependencies?: readonly Needs[];
  /** Middleware, inside that of outer layers; the first is the outermost. */
  readonly middleware?: readonly Middleware[];
  /** Exception handlers, made by `on`; those of inner layers are asked first. */
  readonly exceptions?: readonly ExceptionHandler[];
  /** More responses, in the document. */
  readonly responses?: Responses;
  /** The class that makes a response of what a handler returns, such as `HTMLResponse`. */
  readonly responseClass?: ResponseClass;
  /** Controllers whose operations are documented as callbacks and never served. */
  readonly callbacks?: readonly Class[];
  /** Whether the document says that it is deprecated. */
  readonly deprecated?: boolean;
  /**
   * The version that requests name in the header `Accept-Version`; those that name none are
   * answered by the oldest.
   */
  readonly apiVersion?: string;
  /** Whether the document leaves it out. */
  readonly hidden?: boolean;
  /**
   * The most bytes that a body may have; files of a form do not count.
   * @default 1 MiB
   */
  readonly bodyLimit?: number;
  /**
   * Whether a JSON body is read only if its content type says JSON.
   * @default `true`
   */
  readonly strictContentType?: boolean;
  /** Makes the id of operations that have none of their own. */
  readonly operationId?: (operation: OperationIdentity) => string;
}

/** What is known of an operation whose id is made. */
export interface OperationIdentity {
  /** The option `name`, or the name of the method. */
  readonly name: string;
  /** The method of HTTP. */
  readonly method: string;
  /** The path, as the document writes it: `/items/{item_id}`. */
  readonly path: string;
  /** Its tags, with those of the layers around it. */
  readonly tags: readonly string[];
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
  readonly response?: Type;
  /**
   * When it is sent.
   * @default the name of the status
   */
  readonly description?: string;
  /** Its headers, as OpenAPI describes them. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** Its content by media type, as OpenAPI describes it. */
  readonly content?: Readonly<
    Record<
      string,
      {
        readonly schema?: SchemaObject;
        readonly itemSchema?: SchemaObject;
        readonly example?: unknown;
        readonly examples?: Readonly<Record<string, Example>>;
      }
    >
  >;
}
export type ResponseClass = abstract new (...args: never[]) => Response;
