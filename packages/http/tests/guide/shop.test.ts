import { MockAgent } from 'undici';
import { override, testClient } from 'vivace/testing';
import { app, Payments, Rates } from './shop';

const ID = '0b4f2b9e-6c3f-4d0c-9b53-3f7f0f1f8e11';

test('an order is charged', async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const service = agent.get('https://pay.example.org');
  service
    .intercept({ method: 'POST', path: '/v2/charges', headers: { 'idempotency-key': ID } })
    .reply(201, { id: ID, amount: '9.90', state: 'taken' });
  const settings = { paymentUrl: 'https://pay.example.org/v2', paymentKey: 'key' };
  const payments = () => new Payments(settings, { dispatcher: agent });
  await using client = await testClient(app, { overrides: [override(Payments, payments)] });

  const answer = await client.post('/orders/', { json: { id: ID, total: '9.90' } });
  expect(answer.json()).toEqual({ charge: ID });
  agent.assertNoPendingInterceptors();
});

class NoPayments extends Payments {
  override find(): Promise<null> {
    return Promise.resolve(null);
  }
}

test('a charge that is not there', async () => {
  await using client = await testClient(app, { overrides: [override(Payments, NoPayments)] });
  expect((await client.post(`/orders/${ID}/found`)).json()).toEqual({ found: false });
});

test('a class with nothing but its options', async () => {
  const agent = new MockAgent();
  agent
    .get('https://rates.example.org')
    .intercept({ path: '/rates/CHF' })
    .reply(200, { cents: 104 });
  const rates = new Rates({ dispatcher: agent });
  expect(await rates.of('CHF')).toEqual({ cents: 104 });
});
