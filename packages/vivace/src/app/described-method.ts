import type { Class } from '../declare/class';
import { classOf, declarationOf } from '../declare/class-facts';
import type { Shape } from '../declare/shape';
import type { Where } from '../errors/where';
import { methodOf } from '../model/inputs/parameters';
import { awaitedModel } from '../model/return-type';
import { defaultBuilder } from '../schema/default-builder';
import { shapeOfValue } from '../shape/shape-of';

/** A method, as TypeScript and decorators describe it. */
export interface DescribedMethod {
  /** What it gives when it is awaited, undefined left out; null: it is not written, or may be anything. */
  readonly result: Shape | null;
  /** Whether it answers requests. */
  readonly isOperation: boolean;
  /** Where it is written, for messages. */
  readonly where: Where;
}

/**
 * Says what a decorated method gives, for packages that stand around methods.
 *
 * @param target the class, or the prototype that a decorator of a method is given
 * @example describeMethod(Prices, 'of').result?.write(price)
 */
export function describeMethod(target: object, method: string): DescribedMethod {
  const type: Class = classOf(target);
  const builder = defaultBuilder();
  const { types } = builder;
  const written = methodOf(types, type, type, method)?.returns;
  const given = written && awaitedModel(written, types);
  return {
    result: given === undefined ? null : shapeOfValue(builder.fromType(given, {})),
    isOperation: [...declarationOf(type).operations, ...declarationOf(type).sockets].some(
      ({ key }) => key === method,
    ),
    where: { type: type.name, member: method, ...types.place(type, method) },
  };
}
