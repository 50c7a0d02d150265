import { testClient } from 'vivace/testing';
import { Collector } from '../collector';
import { samplesOf } from '../prometheus';
import { app } from './shop';

test('the program of the guide tells of itself', async () => {
  await using collector = await Collector.open();
  {
    await using client = await testClient(app, { env: collector.env });
    expect((await client.get('/products/7/price')).json()).toBe(14);
    const samples = samplesOf((await client.get('/metrics')).text);
    expect(samples).toContainEqual({
      name: 'prices_found_total',
      labels: { tier: 'small' },
      value: 1,
    });
  }
  const find = await collector.span('Prices.find');
  expect(collector.path(find)).toEqual(['Prices.find', 'GET /products/:id/price']);
  expect(find).toMatchObject({ service: 'shop', attributes: { product: 7 } });
});
