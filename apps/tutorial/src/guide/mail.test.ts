import { dependency } from 'vivace';
import { override, testClient } from 'vivace/testing';
import { Mailer, User, app, currentUser, database, session } from './mail';

class FakeMailer extends Mailer {
  readonly sent: string[] = [];

  override async send({ name }: User, text: string): Promise<void> {
    this.sent.push(`${name}: ${text}`);
  }
}

test('an order is confirmed by mail', async () => {
  const mailer = new FakeMailer();
  await using client = await testClient(app, {
    overrides: [override(currentUser, () => new User('ann')), override(Mailer, () => mailer)],
  });

  const response = await client.post('/orders/', { json: { item: 'lamp' } });

  expect(response.status).toBe(201);
  expect(mailer.sent).toEqual(['ann: lamp']);
});

const inTransaction = dependency(
  async function* () {
    const transaction = await database.begin();
    try {
      yield transaction;
    } finally {
      await transaction.rollback();
    }
  },
  { lifetime: 'singleton' },
);

test('what a test writes is gone when its client closes', async () => {
  const others = [override(currentUser, () => new User('ann')), override(Mailer, FakeMailer)];
  {
    await using client = await testClient(app, {
      overrides: [override(session, inTransaction), ...others],
    });
    await client.post('/orders/', { json: { item: 'chair' } });
    expect((await client.get('/orders/')).json()).toContain('chair');
  }
  await using client = await testClient(app, { overrides: others });
  expect((await client.get('/orders/')).json()).not.toContain('chair');
});

const shopClient = (options: Parameters<typeof testClient>[1] = {}) =>
  testClient(app, { forbidUnmocked: [session, Mailer], ...options });

test('what no test may touch refuses the client, by name', async () => {
  await expect(shopClient()).rejects.toThrow('session');
  await using client = await shopClient({
    overrides: [override(session, inTransaction), override(Mailer, FakeMailer)],
  });
  expect((await client.get('/orders/')).json()).toEqual(expect.any(Array));
});
