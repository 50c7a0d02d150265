import type { Class } from '../schema/schema';
import { declare } from './declarations';
import { placeOfCall } from './place';
import type { Shared } from './shared';
import { noteController } from './unclaimed';

/**
 * Makes a class a controller: path operations under one prefix.
 *
 * @param prefix what the paths of its operations start with, such as `/items`
 * @example
 * @Controller('/items', { tags: ['items'] })
 * class ItemsController { @Get('/:item_id') read(item_id: int) {} }
 */
export function Controller(prefix = '', options: ControllerOptions = {}): (target: Class) => void {
  const where = placeOfCall(Controller);
  return (target) => {
    declare(target, {
      controller: Object.freeze({ prefix, options: Object.freeze({ ...options }) }),
      where,
    });
    noteController(target);
  };
}

export interface ControllerOptions extends Shared {
  /** Controllers below this prefix. */
  controllers?: readonly Class[];
}
