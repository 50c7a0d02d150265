import { callSite, named } from './call-site';
import type { Class } from './class';
import { classOf, declare } from './class-facts';
import type { Needs } from './provided';
import type { Shape } from './shape';

/** A method that is called by something other than HTTP, as `declareEntry` records it. */
export interface EntryDeclaration {
  /** What calls it, such as `event` or `job`. */
  readonly kind: string;
  /** The class, or the prototype that a decorator of a method is given. */
  readonly target: object;
  /** The name of the method. */
  readonly method: string;
  /** What the package says about it; listings show its `name`, such as that of a topic. */
  readonly options: object;
  /** Classes of which each call brings an instance: it is injected by its type. */
  readonly parts?: readonly Class[];
  /**
   * What each call resolves before it calls the method, as the guards of an operation: one that
   * throws keeps the method from being called.
   */
  readonly dependencies?: readonly Needs[];
}

/**
 * Records a method that is called by something other than HTTP, for the decorators of a package.
 * Its class is injected as a controller is, and has to stand in `entries` of an extension.
 *
 * @example
 * const Consume = (topic: string) => (target: object, method: string) =>
 *   declareEntry({ kind: 'event', target, method, options: { name: topic }, parts: [Message] });
 */
export function declareEntry({
  kind,
  target,
  method: key,
  options,
  parts = [],
  dependencies = [],
}: EntryDeclaration): void {
  const type = classOf(target);
  const where = named(callSite(declareEntry), { type: type.name, member: key });
  const facts = {
    kind,
    key,
    options,
    parts: Object.freeze([...parts]),
    dependencies: Object.freeze([...dependencies]),
    where,
  };
  declare(type, { entries: [Object.freeze(facts)] });
}

/** Such a method, compiled: what it needs is injected, and its payload validated and converted as a body is. */
export interface Entry {
  /** What calls it, such as `event` or `job`. */
  readonly kind: string;
  /** Class and method: `Billing.bill`. */
  readonly name: string;
  /** What the package says about it. */
  readonly options: object;
  /** What its payload is, also for those who keep it before the call; null: it has none. */
  readonly payload: Shape | null;
  /** What the method gives when it is awaited, undefined left out; null: its type says nothing of that, or is no data. */
  readonly result: Shape | null;
  /**
   * Calls the method, and closes what was opened for it before it settles.
   *
   * @param payload what the first parameter gets that is neither injected nor a part
   * @param parts an instance of each class that the entry was declared with
   * @param signal injected as `AbortSignal`; aborting it ends nothing by itself
   * @throws RequestValidationError for a payload that does not fit; else what the method throws
   */
  call(
    payload: unknown,
    parts?: ReadonlyMap<Class, unknown>,
    signal?: AbortSignal,
  ): Promise<unknown>;
}
