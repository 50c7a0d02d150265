import type { Pool } from 'pg';
import { dependency } from 'vivace';
import { Session } from '@vivace/sql';
import { Delivery } from './delivery';
import { HANDLED } from '../publish/outbox';

/** A delivery whose event this group has handled before. */
export class AlreadyHandled extends Error {
  constructor({ id, topic }: Delivery) {
    super(`The event ${id} of ${topic} was handled before.`);
    this.name = 'AlreadyHandled';
  }
}

/** A delivery that knows for whom it is. */
export abstract class GroupDelivery extends Delivery {
  abstract readonly group: string;
}

/** Resolved before the method, in its transaction: of two tries that run at the same time one commits, and the other finds the mark. */
export const marked = dependency(
  { session: Session, delivery: Delivery },
  async ({ session, delivery }) => {
    const { group, id } = delivery as GroupDelivery;
    await session.eachRun(async () => {
      const rows = await session.execute<{ event: string }[]>(
        `insert into ${HANDLED} (consumer, event) values (?, ?) on conflict do nothing returning event`,
        [group, id],
      );
      if (rows.length === 0) throw new AlreadyHandled(delivery);
    });
  },
  { name: 'handled once' },
);

/** Forgets marks that were kept long enough. */
export async function forgetMarks(pool: Pool, days: number): Promise<void> {
  await pool.query(
    `delete from ${HANDLED} where handled < now() - make_interval(days => $1::int)`,
    [days],
  );
}
