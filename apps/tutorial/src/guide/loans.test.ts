import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Depends, Get, Query, Vivace, dependency, int } from 'vivace';
import { override, testClient } from 'vivace/testing';
import { Clock, app, member, page, shelf, transaction, type Loan } from './loans';

const guide = readFileSync(join(__dirname, '../../../../docs/guide/dependencies.md'), 'utf8');
const at = (card: string) => ({ headers: { 'x-card': card } });

test('what a request wrote is kept if it succeeds and dropped if it throws', async () => {
  await using client = await testClient(app);
  expect((await client.post('/loans/emma', at('Bob'))).json()).toMatchObject({
    id: 1,
    book: 'emma',
    member: 'bob',
  });
  expect((await client.post('/loans/emma', at('Cy'))).json()).toEqual({ detail: 'emma is lent' });
  expect((await client.get('/loans/', at('Ann'))).json()).toHaveLength(1);
});

test('inputs of dependencies are validated and documented with those of the operation', async () => {
  await using client = await testClient(app);
  const refused = await client.get('/loans/', { params: { limit: 0 } });
  expect(refused.json<{ detail: { loc: unknown[] }[] }>().detail.map(({ loc }) => loc)).toEqual([
    ['header', 'x-card'],
    ['query', 'limit'],
  ]);
  expect((await client.get('/loans/', at('Bob'))).json()).toEqual({ detail: 'Librarians only' });
  const { parameters } = client.server.openapi().paths['/loans/']!['get'] as {
    parameters: { name: string }[];
  };
  expect(parameters.map(({ name }) => name)).toEqual(['skip', 'limit', 'x-card']);
});

test('a test stands in for a dependency at any depth, for itself alone', async () => {
  const first: Loan = { id: 1, book: 'emma', member: 'bob', due: new Date(0) };
  const overrides = [
    override(shelf, () => [first]),
    override(member, () => 'ann'),
    override(page, () => ({ from: 0, to: 1 })),
  ];
  await using client = await testClient(app, {
    overrides: [...overrides, override(Clock, () => ({ now: () => new Date(0) }))],
  });
  expect((await client.post('/loans/ulysses')).json()).toEqual({
    id: 2,
    book: 'ulysses',
    member: 'ann',
    due: '1970-01-15T00:00:00Z',
  });
  expect((await client.get('/loans/')).json()).toEqual([
    { id: 1, book: 'emma', member: 'bob', due: '1970-01-01T00:00:00Z' },
  ]);
  await using other = await testClient(app);
  expect((await other.post('/loans/ulysses', at('Bob'))).json()).toMatchObject({ id: 1 });
});

test('a clock that stands still, and a member without a card', async () => {
  const noon = new Date('2026-01-01T12:00:00Z');
  await using client = await testClient(app, {
    overrides: [override(member, () => 'ann'), override(Clock, () => ({ now: () => noon }))],
  });
  expect((await client.post('/loans/emma')).json()).toEqual({
    id: 1,
    book: 'emma',
    member: 'ann',
    due: '2026-01-15T12:00:00Z',
  });
});

test('a job outside HTTP has the same dependencies', async () => {
  const report = dependency({ transaction }, ({ transaction }) => transaction.all().length);
  expect(await app.run(report)).toBe(0);
});

const tenant = dependency({ tenant: Query(int) }, ({ tenant }) => tenant);
const pool = dependency({ tenant }, ({ tenant }) => tenant, { lifetime: 'singleton' });
@Controller('/captive')
class Captive {
  @Get('/')
  read(@Depends(pool) _pool: number): void {}
}

test('a singleton that needs a request is refused with the message on the page', async () => {
  const error = await new Vivace({ controllers: [Captive] })
    .build()
    .catch((reason: Error) => reason);
  expect(guide).toContain(
    (error as Error).message.replace(/ \([^()\s]*loans\.test\.ts(:\d+)?\)/, ''),
  );
});
