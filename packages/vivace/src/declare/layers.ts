import type { SchemaObject } from './openapi';
import type { Response } from '../responses/response';
import type { Class } from './class';
import type { Needs } from './provided';
import type { ExceptionHandler } from './exceptions';
import type { Request } from './parts';
import type { Example } from './rules';
import type { Type } from './types';

/** What application, controller and `include` can say about the operations inside. */
export interface Shared {
  tags?: readonly string[];
  /** Dependencies that run for their effect. */
  dependencies?: readonly Needs[];
  middleware?: readonly Middleware[];
  exceptions?: readonly ExceptionHandler[];
  responses?: Responses;
  responseClass?: ResponseClass;
  callbacks?: readonly Class[];
  deprecated?: boolean;
  /** Requests name it in the header `Accept-Version`; those that name none are answered by the oldest version. */
  apiVersion?: string;
  /** Leaves the operations out of the document. */
  hidden?: boolean;
  /** The largest request body in bytes: 1 MiB by default; files of a form do not count. */
  bodyLimit?: number;
  /** Reads a JSON body only if its content type says JSON: true by default. */
  strictContentType?: boolean;
  /** Makes the operationId of operations that have none. */
  operationId?: (operation: {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
  }) => string;
}

/** Wraps every request inside it: change the request, call `next`, change the response. */
export type Middleware = (
  request: Request,
  next: () => Promise<Response>,
) => Response | Promise<Response>;

export type Responses = {
  readonly [S in number | `${1 | 2 | 3 | 4 | 5}XX` | 'default']?: AdditionalResponse;
};
export interface AdditionalResponse {
  response?: Type;
  description?: string;
  headers?: Readonly<Record<string, unknown>>;
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
