import type { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import type { ServerSentEvent } from '../responses/server-sent-event';
import type { Class } from './class';
import { classOf, declare } from './declarations';
import type { Needs } from './provided';
import type { ExceptionHandler } from './exceptions';
import { named, callSite } from './call-site';
import type { Middleware, ResponseClass, Responses } from './layers';
import type { Of, Type } from './types';

/**
 * An operation that answers GET, and HEAD with it.
 *
 * @example
 * @Get('/:item_id') read(item_id: int): Promise<Item> {}
 */
export const Get = operation('GET');
/** An operation that answers POST. */
export const Post = operation('POST');
/** An operation that answers PUT. */
export const Put = operation('PUT');
/** An operation that answers PATCH. */
export const Patch = operation('PATCH');
/** An operation that answers DELETE. */
export const Delete = operation('DELETE');

/**
 * An operation that answers any method, or several.
 *
 * @example
 * @Route(['OPTIONS', 'HEAD'], '/items') options() {}
 */
export function Route<const X extends Type | false = false>(
  methods: Method | readonly Method[],
  path = '',
  options: OperationOptions<X> = {},
): Decorated<X> {
  return record(typeof methods === 'string' ? [methods] : methods, path, options, Route);
}

export interface OperationFactory {
  <const X extends Type | false = false>(
    path?: string,
    options?: OperationOptions<X>,
  ): Decorated<X>;
  <const X extends Type | false = false>(options: OperationOptions<X>): Decorated<X>;
}
export type Method =
  'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'TRACE' | 'QUERY';
export type Decorated<X> = <F extends Handler<X extends Type ? Of<X> : unknown>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void;
export type Handler<R> = (
  ...args: never[]
) =>
  | Answer<R>
  | Promise<Answer<R>>
  | AsyncIterable<R | ServerSentEvent<R>>
  | Generator<R | ServerSentEvent<R>, unknown, unknown>;
export type Answer<R> = R | Response | HTTPException;

/** What an operation says about itself. */
export interface OperationOptions<X extends Type | false = Type | false> {
  /**
   * The status of a success.
   * @default 200
   */
  status?: number;
  /** The response model where the return type does not say it; `false` means none. */
  response?: X;
  /**
   * When it succeeds, in the document.
   * @default `Successful Response`
   */
  responseDescription?: string;
  /** More responses, in the document. */
  responses?: Responses;
  /** The class that makes a response of what the handler returns, such as `HTMLResponse`. */
  responseClass?: ResponseClass;
  /** Its tags, in the document; those of the layers around it come first. */
  tags?: readonly string[];
  /**
   * One line about it, in the document.
   * @default made from the name of the method
   */
  summary?: string;
  /**
   * A text about it in Markdown, in the document.
   * @default the comment of the method
   */
  description?: string;
  /** Whether the document says that it is deprecated. */
  deprecated?: boolean;
  /** Whether the document leaves it out. */
  hidden?: boolean;
  /**
   * Its id in the document, by which generated clients call it.
   * @default made from name, path and method
   */
  operationId?: string;
  /**
   * The name that `urlFor` knows it by.
   * @default the name of the method
   */
  name?: string;
  /** Dependencies that run for their effect, such as guards. */
  dependencies?: readonly Needs[];
  /** Middleware around it, inside that of the controller. */
  middleware?: readonly Middleware[];
  /** Exception handlers, made by `on`, for its errors only. */
  exceptions?: readonly ExceptionHandler[];
  /** The only fields of the response model that are written. */
  include?: readonly FieldOf<NoInfer<X>>[];
  /** Fields of the response model that are not written. */
  exclude?: readonly FieldOf<NoInfer<X>>[];
  /**
   * Whether fields that were never set are left out.
   * @default `false`
   */
  excludeUnset?: boolean;
  /**
   * Whether fields that have their default are left out.
   * @default `false`
   */
  excludeDefaults?: boolean;
  /**
   * Whether fields that are null are left out.
   * @default `false`
   */
  excludeNone?: boolean;
  /**
   * Whether fields are written by their aliases.
   * @default `true`
   */
  byAlias?: boolean;
  /** Merged into the operation of the document. */
  openapiExtra?: Readonly<Record<string, unknown>>;
  /** Controllers whose operations are documented as callbacks and never served. */
  callbacks?: readonly Class[];
  /**
   * The most bytes that the body may have; files of a form do not count.
   * @default 1 MiB
   */
  bodyLimit?: number;
  /**
   * Whether a JSON body is read only if its content type says JSON.
   * @default `true`
   */
  strictContentType?: boolean;
}
export type FieldOf<X> = X extends Type
  ? Of<X> extends readonly (infer E)[]
    ? keyof E & string
    : keyof Of<X> & string
  : string;

function operation(method: Method): OperationFactory {
  const factory = (path: string | object = '', options: object = {}): Decorated<false> =>
    typeof path === 'string'
      ? record([method], path, options, factory)
      : record([method], '', path, factory);
  return factory as OperationFactory;
}

function record(
  methods: readonly Method[],
  path: string,
  options: object,
  factory: Function,
): Decorated<Type | false> {
  const at = callSite(factory);
  return (target, key) => {
    const type = classOf(target);
    const where = named(at, { type: type.name, member: String(key) });
    const facts = {
      key: String(key),
      methods: Object.freeze([...methods]),
      path,
      options: Object.freeze({ ...options }),
      where,
    };
    declare(type, { operations: [Object.freeze(facts)] });
  };
}
