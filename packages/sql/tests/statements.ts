import type { Pool, PoolClient } from 'pg';

/** The texts of the statements that go over a pool, from now on. */
export function statementsOf(pool: Pool): string[] {
  const texts: string[] = [];
  const heard = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => {
    if (heard.has(client)) return;
    heard.add(client);
    const query = client.query;
    const told = (...given: readonly unknown[]): unknown => {
      const [statement] = given as [string | { readonly text: string }];
      texts.push(typeof statement === 'string' ? statement : statement.text);
      return Reflect.apply(query, client, given);
    };
    client.query = told as typeof client.query;
  });
  return texts;
}
