import type { Session } from '@vivace/sql';
import type { Outgoing } from '../broker/broker';
import type { EventClass } from '../event/event';
import { eventText } from '../event/event-text';
import type { Outlet } from './outlet';

/**
 * Publishes with the transaction of the session: rolled back with it, sent after it, in order for each
 * key. Injected by its type.
 *
 * @example
 * \@Post('/', { status: 201 })
 * place(order: OrderIn): Order {
 *   const placed = this.db.add(Order, order);
 *   this.events.publish(OrderPlaced, placed);
 *   return placed;
 * }
 */
export abstract class Events {
  /**
   * Publishes an instance of a class with `@Event`.
   *
   * @throws EventRefused for one that breaks a rule of its class, or is too large
   */
  abstract publish<T extends object>(event: T): void;
  /**
   * Publishes the fields of an event; others of `data` are left out. They are read at once: a number
   * that the database gives as a key is there after `await db.flush()`.
   *
   * @throws EventRefused for data that breaks a rule of the class, or is too large
   */
  abstract publish<T extends object>(type: EventClass<T>, data: Omit<T, never>): void;
}

/** Events of one session. */
export class SessionEvents extends Events {
  constructor(
    readonly outlet: Outlet,
    private readonly session: Session,
  ) {
    super();
  }

  publish(first: object, data?: object): void {
    const event: Outgoing =
      data === undefined
        ? eventText(first.constructor as EventClass, first, this.outlet.maxMessage)
        : eventText(first as EventClass, data, this.outlet.maxMessage);
    this.session.beforeCommit(this.outlet.write, event);
  }
}
