import type { ModelOptions } from './options/model-options';
import type { Class } from './class';
import { declare } from './class-facts';
import { callSite } from './call-site';
import { Placement } from './placement';

const placement = new Placement(
  'Model',
  ['a class'],
  "`@Model({ extra: 'forbid' }) class Item { … }`",
);

/**
 * Sets options of a DTO. A DTO without options needs no decorator.
 *
 * @example
 * @Model({ extra: 'forbid' })
 * class Item { name!: string }
 */
export function Model(options: ModelOptions = {}): (target: Class) => void {
  placement.checkCalled(arguments, Model);
  const where = callSite(Model);
  return (...applied) => {
    placement.check(applied, where);
    declare(applied[0], { model: Object.freeze({ ...options }), where });
  };
}
