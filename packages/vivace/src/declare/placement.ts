import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { callSite, named } from './call-site';
import { classOf } from './class-facts';

/** What a decorator may stand on. */
export type Target =
  | 'a class'
  | 'a method'
  | 'a static method'
  | 'a property'
  | 'a static property'
  | 'an accessor'
  | 'a static accessor'
  | 'a parameter'
  | 'a parameter of a static method'
  | 'a parameter of a constructor';

/** What a decorator is called with. */
type Applied = readonly [target: object, key?: string | symbol | undefined, third?: unknown];

/** Where one decorator belongs; elsewhere it would do nothing, and without its parentheses it would do something else. */
export class Placement {
  readonly #name: string;
  readonly #on: readonly Target[];
  readonly #write: string;

  /** @param write how it is used, for messages */
  constructor(name: string, on: readonly Target[], write: string) {
    this.#name = name;
    this.#on = on;
    this.#write = write;
  }

  /**
   * Refuses a target that the decorator says nothing about.
   *
   * @throws BootError DECORATOR_TARGET
   */
  check(applied: Applied, place: Where = {}): void {
    const target = targetOf(applied);
    if (this.#on.includes(target)) return;
    throw this.#misplaced(applied, place, `stands on ${target}; it belongs on ${listed(this.#on)}`);
  }

  /**
   * Refuses what a factory is given where its parentheses are missing: what a decorator is given.
   *
   * @param factory whose call it is
   * @throws BootError DECORATOR_TARGET
   */
  checkCalled(given: ArrayLike<unknown>, factory: Function): void {
    const [target, key, third] = Array.from(given);
    const isMember =
      typeof key === 'string' ||
      typeof key === 'symbol' ||
      (key === undefined && typeof third === 'number');
    const isHolder =
      typeof target === 'function' || (typeof target === 'object' && target !== null);
    const isClass = given.length === 1 && typeof target === 'function' && isDecorated(factory);
    if (!isClass && !(isMember && isHolder && !Array.isArray(target))) return;
    const applied = [target, key, third] as unknown as Applied;
    throw this.#misplaced(applied, callSite(factory), 'is not called');
  }

  #misplaced([target, key, third]: Applied, place: Where, seen: string): BootError {
    const member = key === undefined ? undefined : String(key);
    const where = {
      ...named(place, { type: classOf(target).name, ...(member !== undefined && { member }) }),
      ...(typeof third === 'number' && { parameter: `parameter ${third + 1}` }),
      file: place.file,
      line: place.line,
    };
    return new BootError('DECORATOR_TARGET', where, `@${this.#name} ${seen}.`, this.#write);
  }
}

function targetOf([target, key, third]: Applied): Target {
  const isStatic = typeof target === 'function';
  if (typeof third === 'number') {
    if (key === undefined) return 'a parameter of a constructor';
    return isStatic ? 'a parameter of a static method' : 'a parameter';
  }
  if (key === undefined) return 'a class';
  const { get, set, value } = (third ?? {}) as PropertyDescriptor;
  if (get !== undefined || set !== undefined) return isStatic ? 'a static accessor' : 'an accessor';
  if (typeof value === 'function') return isStatic ? 'a static method' : 'a method';
  return isStatic ? 'a static property' : 'a property';
}

/** Whether a function is called by what applies decorators, and not by what stands behind `@`. */
function isDecorated(factory: Function): boolean {
  const limit = Error.stackTraceLimit;
  const trace: { stack?: string } = {};
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(trace, factory);
  Error.stackTraceLimit = limit;
  return /\bDecorateConstructor\b|\b(__|_ts_)decorate\b/.test(trace.stack ?? '');
}

function listed(targets: readonly Target[]): string {
  const [last, ...others] = targets.toReversed();
  return others.length === 0 ? last! : `${others.toReversed().join(', ')} or ${last}`;
}
