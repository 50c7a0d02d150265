import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, make } from 'vivace';
import { override, testClient } from 'vivace/testing';
import { ShopSettings, app } from './settings';

const page = readFileSync(join(__dirname, '../../../../docs/guide/settings.md'), 'utf8');
const env = { SHOP_DATABASE__URL: 'https://db.example/shop', SHOP_JWT_KEY: 'k'.repeat(32) };

test('it reads what the page says', async () => {
  const more = {
    SHOP_DATABASE__POOL: '10',
    SHOP_ORIGINS: '["https://shop.example"]',
    SHOP_MODE: 'live',
  };
  await using client = await testClient(app, { env: { ...env, ...more } });
  expect((await client.get('/info')).json()).toEqual({
    database: 'https://db.example/shop',
    pool: 10,
    mode: 'live',
    origins: ['https://shop.example'],
  });
});

test('it refuses to start with the message on the page', async () => {
  const wrong = {
    SHOP_JWT_KEY: 'short',
    SHOP_PAGE_SIZE: 'many',
    SHOP_ORIGINS: 'https://shop.example',
  };
  const error = await app.build({ env: wrong }).catch((reason: Error) => reason);
  const message = (error as Error).message.replace(/ \([^()\s]*settings\.ts(:\d+)?\)/, '');
  expect(page).toContain(message);
});

test('a test brings an environment of its own, or settings without any', async () => {
  await using own = await testClient(app, {
    env: { SHOP_DATABASE__URL: 'https://db.example/test', SHOP_JWT_KEY: 'k'.repeat(32) },
  });
  expect((await own.get('/info')).json()).toMatchObject({ database: 'https://db.example/test' });
  const testSettings = make(ShopSettings, {
    database: { url: 'https://db.example/made', pool: 1 },
    jwtKey: new Secret('k'.repeat(32)),
  });
  await using none = await testClient(app, {
    overrides: [override(ShopSettings, () => testSettings)],
  });
  expect((await none.get('/info')).json()).toMatchObject({ database: 'https://db.example/made' });
});
