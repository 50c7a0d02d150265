import { MinLength } from 'class-validator';
import { Controller, Get, Injectable, Secret, Vivace, dependency, int } from 'vivace';
import { Settings, loadSettings } from 'vivace/settings';
import { override, testClient } from 'vivace/testing';

@Settings({ prefix: 'SHOP_' })
class ShopSettings {
  adminEmail!: string;
  @MinLength(8) apiKey!: Secret;
  pageSize: int = 20;
}
@Settings({ prefix: 'MAIL_' })
class MailSettings {
  host!: string;
  port: int = 25;
}

const opened: string[] = [];
beforeEach(() => void (opened.length = 0));

@Injectable({ lifetime: 'singleton' })
class Mailer {
  constructor(readonly settings: MailSettings) {
    opened.push(`mailer at ${settings.host}`);
  }
}
const greeting = dependency(
  { settings: ShopSettings },
  ({ settings }) => `${settings.adminEmail}, ${settings.pageSize} a page`,
);

@Controller()
class Shop {
  constructor(
    private readonly settings: ShopSettings,
    private readonly mailer: Mailer,
  ) {}
  @Get('/info')
  info() {
    return {
      admin: this.settings.adminEmail,
      mail: `${this.mailer.settings.host}:${this.mailer.settings.port}`,
    };
  }
  @Get('/all')
  all(settings: ShopSettings) {
    return settings;
  }
}
const app = new Vivace({ controllers: [Shop] });
const env = {
  SHOP_ADMIN_EMAIL: 'ann@shop.example',
  SHOP_API_KEY: 'hunter2hunter2',
  MAIL_HOST: 'mail.example',
  MAIL_PORT: '2525',
};

test('settings are injected by their type, one instance for all', async () => {
  await using client = await testClient(app, { env });
  expect((await client.get('/info')).json()).toEqual({
    admin: 'ann@shop.example',
    mail: 'mail.example:2525',
  });
});

test('settings that are returned show no secret', async () => {
  await using client = await testClient(app, { env });
  expect((await client.get('/all')).json()).toEqual({
    adminEmail: 'ann@shop.example',
    apiKey: '**********',
    pageSize: 20,
  });
});

test('all that is missing or wrong is one error at boot, and nothing was opened', async () => {
  const wrong = { SHOP_API_KEY: 'short', SHOP_PAGE_SIZE: 'x', MAIL_PORT: '25' };
  await expect(app.build({ env: wrong })).rejects.toMatchObject({
    code: 'SETTINGS_INVALID',
    seen: [
      '4 variables are missing or wrong:',
      '    SHOP_ADMIN_EMAIL is missing',
      '    SHOP_API_KEY (from the environment): String should have at least 8 characters',
      "    SHOP_PAGE_SIZE (from the environment): Input should be a valid integer, unable to parse string as an integer; it is 'x'",
      '    MAIL_HOST is missing',
    ].join('\n'),
    write: 'SHOP_ADMIN_EMAIL=… SHOP_API_KEY=… SHOP_PAGE_SIZE=… MAIL_HOST=… in the environment',
  });
  expect(opened).toEqual([]);
});

test('each build reads an environment of its own', async () => {
  await using one = await testClient(app, { env });
  await using other = await testClient(app, {
    env: { ...env, SHOP_ADMIN_EMAIL: 'bob@shop.example' },
  });
  expect((await one.get('/info')).json()).toMatchObject({ admin: 'ann@shop.example' });
  expect((await other.get('/info')).json()).toMatchObject({ admin: 'bob@shop.example' });
});

test('settings that are substituted are not read', async () => {
  const mail = override(MailSettings, () => ({ host: 'fake', port: 1 }));
  const shop = override(ShopSettings, () => ({
    adminEmail: 'fake',
    apiKey: new Secret('k'),
    pageSize: 1,
  }));
  await using client = await testClient(app, { env: {}, overrides: [mail, shop] });
  expect((await client.get('/info')).json()).toEqual({ admin: 'fake', mail: 'fake:1' });
});

test('the document needs no settings', async () => {
  expect(Object.keys((await app.openapi()).paths)).toEqual(['/info', '/all']);
  expect(opened).toEqual([]);
});

test('jobs have settings', async () => {
  await expect(app.run(greeting, { env })).resolves.toBe('ann@shop.example, 20 a page');
  await expect(new Vivace().run(greeting, { env: {} })).rejects.toThrow(
    'SHOP_ADMIN_EMAIL is missing',
  );
});

test('loadSettings reads the same outside an application', () => {
  const { adminEmail, apiKey } = loadSettings(ShopSettings, env);
  expect([adminEmail, apiKey.reveal(), String(apiKey)]).toEqual([
    'ann@shop.example',
    'hunter2hunter2',
    '**********',
  ]);
  expect(() => loadSettings(MailSettings, {})).toThrow(
    /SETTINGS_INVALID.*MailSettings.*MAIL_HOST is missing/s,
  );
});
