import type { Method, OperationOptions } from './options/operation-options';
import type { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import type { ServerSentEvent } from '../responses/server-sent-event';
import { classOf, declare } from './class-facts';
import { named, callSite } from './call-site';
import type { Given, Type } from './type';
import { Placement } from './placement';

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
  const placement = placementOf('Route', "'QUERY', ");
  placement.checkCalled(arguments, Route);
  const list = typeof methods === 'string' ? [methods] : methods;
  return record(list, path, options, Route, placement);
}

export interface OperationFactory {
  <const X extends Type | false = false>(
    path?: string,
    options?: OperationOptions<X>,
  ): Decorated<X>;
  <const X extends Type | false = false>(options: OperationOptions<X>): Decorated<X>;
}
/** A decorator of a method that answers what an operation says. */
export type Decorated<X> = <F extends Handler<X extends Type ? Given<X> : unknown>>(
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

function operation(method: Method): OperationFactory {
  const placement = placementOf(method[0] + method.slice(1).toLowerCase());
  const factory = (...given: readonly [(string | object)?, object?]): Decorated<false> => {
    placement.checkCalled(given, factory);
    const [path = '', options = {}] = given;
    return typeof path === 'string'
      ? record([method], path, options, factory, placement)
      : record([method], '', path, factory, placement);
  };
  return factory;
}

function placementOf(name: string, before = ''): Placement {
  return new Placement(name, ['a method'], `\`@${name}(${before}'/items') read() { … }\``);
}

function record(
  methods: readonly Method[],
  path: string,
  options: object,
  factory: Function,
  placement: Placement,
): Decorated<Type | false> {
  const at = callSite(factory);
  return (target, key, descriptor) => {
    placement.check([target, key, descriptor], at);
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
