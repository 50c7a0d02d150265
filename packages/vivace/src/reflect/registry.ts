import type { Class } from '../declare/class';

/** A class as the static block that the compiler puts into it announces it. */
export interface Registration {
  readonly id: string;
  readonly type: Class;
  /** Of the source file when it was transformed. */
  readonly hash: string;
  /** The path or `file:` address of the module that runs. */
  readonly file: string;
}

const REGISTRY = Symbol.for('vivace.types');
export type Announced = readonly [id: string, type: Class, hash: string, file: string];

/** The classes announced so far: one list for all copies of the framework in a process; more are added as modules load. */
export function announcedClasses(): readonly Announced[] {
  return ((globalThis as { [REGISTRY]?: readonly Announced[] })[REGISTRY] ??= []);
}

/** The source file as the side-car names it: `@acme/shop/src/dto.ts` of `@acme/shop/src/dto.ts#User`. */
export function moduleOf(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/** Its path inside the package: `src/dto.ts`. */
export function sourceOf(id: string): string {
  return moduleOf(id)
    .split('/')
    .slice(id.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `User` of `shop/src/dto.ts#User`. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}

/** What is written in a class, without its announcement: the id in that would read as a private member. */
export function writtenIn(type: Function): string {
  return Function.prototype.toString.call(type).replaceAll(/\["[^"\n]*",this,/g, '');
}
