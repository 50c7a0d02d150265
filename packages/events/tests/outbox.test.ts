import { Vivace, dependency } from 'vivace';
import { testClient } from 'vivace/testing';
import { events } from '@vivace/events';
import { database, DatabaseAccess, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { deleteFromOutbox, isCut, outboxRows } from '../src/publish/outbox';

const empty = database({ entities: [] });
const db = testDatabase(empty);
const app = new Vivace({ extensions: [empty, events()], logger: false });

test.each([
  ['many', 1100, 10, 500, [500, 500, 100]],
  ['large', 12, 900_000, 500, [9, 3]],
])(
  'a backlog of %s events is read in parts, and each but the last says that there are more',
  async (_, count, size, limit, parts) => {
    await using client = await testClient(app, { overrides: [db.rollback()] });
    await client.server.run(
      dependency({ session: Session }, ({ session }) =>
        session.execute(
          `insert into vivace_events.event_outbox (id, topic, key, value, headers)
            select n, 'orders', 'k', repeat('x', ${size}), '{}' from generate_series(1, ${count}) n`,
        ),
      ),
    );
    const read = dependency({ database: DatabaseAccess }, async ({ database: { pool } }) => {
      const rows = await outboxRows(pool, limit);
      await deleteFromOutbox(pool, rows);
      return rows;
    });
    const ids: string[] = [];
    for (const [at, part] of parts.entries()) {
      const rows = await client.server.run(read);
      expect([rows.length, isCut(rows, limit)]).toEqual([part, at < parts.length - 1]);
      ids.push(...rows.map(({ id }) => id));
    }
    expect(ids).toEqual(Array.from({ length: count }, (__, at) => String(at + 1)));
  },
);
