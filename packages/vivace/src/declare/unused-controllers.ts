import type { Class } from './class';

/** What was decorated with `@Controller`, and what an application was built with: the difference was probably forgotten. */
const declared: WeakRef<Class>[] = [];
const claimed = new WeakSet<Class>();

/** Remembers a controller that is declared. */
export function registerController(type: Class): void {
  declared.push(new WeakRef(type));
}

/** Remembers that an application has a controller. */
export function markControllerUsed(type: Class): void {
  claimed.add(type);
}

/** The controllers that no application has so far, nor a controller that extends them; each is named once. */
export function unusedControllers(): readonly Class[] {
  return declared.splice(0).flatMap((known) => {
    const type = known.deref();
    return type === undefined || claimed.has(type) ? [] : [type];
  });
}
