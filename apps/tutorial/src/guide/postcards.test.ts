import { testClient } from 'vivace/testing';
import { app } from './postcards';

const photo = { filename: 'sea.png', content: 'a picture' };

test('a field of a form is JSON', async () => {
  await using client = await testClient(app);
  const send = (place: string) => client.post('/postcards/', { form: { place }, files: { photo } });
  const sent = await send('{"name":"Brno","country":"CZ"}');
  expect([sent.status, sent.json()]).toEqual([200, 'sea.png of Brno, CZ']);

  expect((await send('{"name":"Brno"}')).json()).toMatchObject({
    detail: [{ type: 'missing', loc: ['body', 'place', 'country'] }],
  });
  expect((await send('Brno')).json()).toMatchObject({
    detail: [{ type: 'value_error', loc: ['body', 'place'] }],
  });
});
