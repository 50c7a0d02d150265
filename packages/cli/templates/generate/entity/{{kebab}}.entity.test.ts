import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { {{model}} } from './{{kebab}}.entity.js';

const db = testDatabase(database({ entities: [{{model}}] }));

it('{{kebab}} are kept', async () => {
  const added = await db.run((session) => session.insert({{model}}, { name: 'first' }));
  const found = await db.run((session) => session.get({{model}}, { id: added.id }));
  expect(found).toMatchObject({ name: 'first' });
});
