import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testClient } from 'vivace/testing';
import { app } from './settings';

const source = readFileSync(join(__dirname, 'settings.ts'), 'utf8');
const page = readFileSync(join(__dirname, '../../../../docs/guide/settings.md'), 'utf8');
const env = { SHOP_DATABASE__URL: 'https://db.example/shop', SHOP_JWT_KEY: 'k'.repeat(32) };

test('the page on settings shows this program', () => {
  expect(page).toContain(`\`\`\`ts\n${source}\`\`\``);
});

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
