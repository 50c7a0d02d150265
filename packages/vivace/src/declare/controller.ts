import type { ControllerOptions } from './options/controller-options';
import type { Class } from './class';
import { declare } from './class-facts';
import { callSite } from './call-site';
import { registerController } from './unused-controllers';

/**
 * Makes a class a controller: path operations under one prefix.
 *
 * @param prefix what the paths of its operations start with, such as `/items`
 * @example
 * @Controller('/items', { tags: ['items'] })
 * class ItemsController { @Get('/:item_id') read(item_id: int) {} }
 */
export function Controller(prefix = '', options: ControllerOptions = {}): (target: Class) => void {
  const where = callSite(Controller);
  return (target) => {
    declare(target, {
      controller: Object.freeze({ prefix, options: Object.freeze({ ...options }) }),
      where,
    });
    registerController(target);
  };
}
