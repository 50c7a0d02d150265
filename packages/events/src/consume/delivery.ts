/**
 * One try to handle an event, injected by its type into a method with `@On` and whatever it needs.
 *
 * @example
 * async bill(order: OrderPlaced, delivery: Delivery): Promise<void> {
 *   await this.bank.charge(order, { idempotencyKey: delivery.id });
 * }
 */
export abstract class Delivery {
  /** Of the event: the same for each group and each of its tries. */
  abstract readonly id: string;
  abstract readonly topic: string;
  /** What keeps order. */
  abstract readonly key: string;
  /** Begins at 1; a process that dies does not count. */
  abstract readonly attempt: number;
  abstract readonly publishedAt: Date;
  abstract readonly headers: Readonly<Record<string, string>>;
}
