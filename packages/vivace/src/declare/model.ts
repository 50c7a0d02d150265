import type { ModelOptions } from './options/model-options';
import type { Class } from './class';
import { declare } from './class-facts';
import { callSite } from './call-site';

/**
 * Sets options of a DTO. A DTO without options needs no decorator.
 *
 * @example
 * @Model({ extra: 'forbid' })
 * class Item { name!: string }
 */
export function Model(options: ModelOptions = {}): (target: Class) => void {
  const where = callSite(Model);
  return (target) => declare(target, { model: Object.freeze({ ...options }), where });
}
