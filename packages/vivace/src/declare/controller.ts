import type { ControllerOptions } from './options/controller-options';
import type { Class } from './class';
import { declare } from './class-facts';
import { callSite } from './call-site';
import { registerController } from './unused-controllers';
import { Placement } from './placement';

const placement = new Placement(
  'Controller',
  ['a class'],
  "`@Controller('/items') class Items { … }`",
);

/**
 * Makes a class a controller: path operations under one prefix.
 *
 * @param prefix what the paths of its operations start with, such as `/items`
 * @example
 * @Controller('/items', { tags: ['items'] })
 * class ItemsController { @Get('/:item_id') read(item_id: int) {} }
 */
export function Controller(prefix = '', options: ControllerOptions = {}): (target: Class) => void {
  placement.checkCalled(arguments, Controller);
  const where = callSite(Controller);
  return (...applied) => {
    placement.check(applied, where);
    const [target] = applied;
    declare(target, {
      controller: Object.freeze({ prefix, options: Object.freeze({ ...options }) }),
      where,
    });
    registerController(target);
  };
}
