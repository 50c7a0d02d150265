import { Min, MinLength } from 'class-validator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Field } from '../declare/field';
import { Secret } from '../declare/secret';
import type { int, url } from '../declare/types';
import { BootError } from '../errors/boot-error';
import { Settings, loadSettings, type Environment } from '../settings';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'vivace-settings-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

function problemsOf(settings: new () => object, environment: Environment): readonly string[] {
  try {
    loadSettings(settings, environment);
  } catch (error) {
    if (error instanceof BootError && error.code === 'SETTINGS_INVALID')
      return error.seen
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

class Database {
  url!: url;
  pool: int = 5;
  replicas: string[] = [];
}

describe('variables', () => {
  @Settings({ prefix: 'SHOP_' })
  class Shop {
    databaseUrl!: string;
    admin_email: string | null = null;
    pageSize: int = 20;
    @Min(0) ratio = 0.5;
    debug = false;
    mode: 'live' | 'test' = 'test';
  }

  test('have the names of the fields in capitals behind the prefix, and are converted as text', () => {
    const settings = loadSettings(Shop, {
      SHOP_DATABASE_URL: 'sqlite:',
      SHOP_ADMIN_EMAIL: 'a@b.c',
      SHOP_PAGE_SIZE: '50',
      SHOP_RATIO: '1.5',
      SHOP_DEBUG: 'on',
      SHOP_MODE: 'live',
    });
    expect(settings).toBeInstanceOf(Shop);
    expect({ ...settings }).toEqual({
      databaseUrl: 'sqlite:',
      admin_email: 'a@b.c',
      pageSize: 50,
      ratio: 1.5,
      debug: true,
      mode: 'live',
    });
  });

  test('that are not there leave the defaults', () => {
    expect({ ...loadSettings(Shop, { SHOP_DATABASE_URL: '' }) }).toEqual({
      databaseUrl: '',
      admin_email: null,
      pageSize: 20,
      ratio: 0.5,
      debug: false,
      mode: 'test',
    });
  });

  test('are found in any case; of two that differ in case only the one in capitals counts', () => {
    expect(loadSettings(Shop, { shop_database_url: 'a' }).databaseUrl).toBe('a');
    expect(loadSettings(Shop, { SHOP_DATABASE_URL: 'a', shop_database_url: 'b' }).databaseUrl).toBe(
      'a',
    );
    expect(loadSettings(Shop, { Shop_Database_Url: 'b', SHOP_DATABASE_URL: 'a' }).databaseUrl).toBe(
      'a',
    );
  });

  test('are called exactly like the fields where case matters', () => {
    @Settings({ caseSensitive: true, prefix: 'my' })
    class Exact {
      Name = 'none';
      other_name = 'none';
    }
    expect({ ...loadSettings(Exact, { myName: 'a', myother_name: 'b', MYNAME: 'c' }) }).toEqual({
      Name: 'a',
      other_name: 'b',
    });
    expect({ ...loadSettings(Exact, { MYNAME: 'c', MY_NAME: 'd' }) }).toEqual({
      Name: 'none',
      other_name: 'none',
    });
  });

  test('have the name of an alias without the prefix', () => {
    @Settings({ prefix: 'SHOP_' })
    class Aliased {
      @Field({ alias: 'PORT' }) port: int = 8000;
    }
    expect(loadSettings(Aliased, { PORT: '80', SHOP_PORT: '81' }).port).toBe(80);
  });

  test('are read from the environment of the process by default', () => {
    process.env['SHOP_DATABASE_URL'] = 'from the process';
    try {
      expect(loadSettings(Shop).databaseUrl).toBe('from the process');
    } finally {
      delete process.env['SHOP_DATABASE_URL'];
    }
  });
});

describe('lists and objects', () => {
  @Settings()
  class Shop {
    database!: Database;
    origins: string[] = [];
    limits: Record<string, int> = {};
    cache: Database | null = null;
    label: string | string[] = '';
  }
  const DATABASE__URL = 'https://db.example/';

  test('are JSON', () => {
    const settings = loadSettings(Shop, {
      DATABASE: '{"url": "https://db.example/", "pool": 7}',
      ORIGINS: '["https://a.example"]',
      LIMITS: '{"read": 5}',
    });
    expect(settings.database).toBeInstanceOf(Database);
    expect(settings.database).toEqual({ url: 'https://db.example/', pool: 7, replicas: [] });
    expect([settings.origins, settings.limits]).toEqual([['https://a.example'], { read: 5 }]);
  });

  test('are given part by part, which wins over JSON', () => {
    const settings = loadSettings(Shop, {
      DATABASE: '{"url": "https://other.example/", "pool": 7}',
      DATABASE__URL,
      database__replicas: '["r"]',
      LIMITS__READ: '5',
      CACHE__URL: 'https://cache.example/',
    });
    expect(settings.database).toEqual({ url: 'https://db.example/', pool: 7, replicas: ['r'] });
    expect(settings.limits).toEqual({ read: 5 });
    expect(settings.cache).toEqual({ url: 'https://cache.example/', pool: 5, replicas: [] });
  });

  test('may be text where the type allows both', () => {
    expect(loadSettings(Shop, { DATABASE__URL, LABEL: 'plain' }).label).toBe('plain');
    expect(loadSettings(Shop, { DATABASE__URL, LABEL: '5' }).label).toBe('5');
    expect(loadSettings(Shop, { DATABASE__URL, LABEL: '["a"]' }).label).toEqual(['a']);
  });

  test('have a delimiter of choice', () => {
    @Settings({ delimiter: '.', prefix: 'app.' })
    class Dotted {
      database!: Database;
    }
    expect(loadSettings(Dotted, { 'app.database.url': DATABASE__URL }).database.url).toBe(
      DATABASE__URL,
    );
  });

  test('never change the prototype of what they fill', () => {
    const { limits } = loadSettings(Shop, {
      DATABASE__URL,
      LIMITS: '{"__proto__": 1}',
      LIMITS__CONSTRUCTOR: '2',
    });
    expect(Object.getPrototypeOf(limits)).toBe(Object.prototype);
    expect(Object.entries(limits)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

describe('files', () => {
  test('stand behind the environment, the first behind the last', () => {
    @Settings({
      envFile: [
        file('.env', '# all\nA=1\nexport B="1 # one"\nC=1\n'),
        file('.env.local', '\uFEFFB=2\nC=2\n'),
        join(directory, 'missing'),
      ],
    })
    class Layers {
      a = '';
      b = '';
      c = '';
      d = 'default';
    }
    expect({ ...loadSettings(Layers, { C: '3' }) }).toEqual({
      a: '1',
      b: '2',
      c: '3',
      d: 'default',
    });
  });

  test('may hold one secret each, behind all others, without the line end', () => {
    file('API_KEY', 'from the secret\n');
    file('other', 'from the secret');
    @Settings({ secretsDir: directory, envFile: file('.env', 'OTHER=from the file') })
    class Secrets {
      apiKey!: Secret;
      other!: string;
    }
    const settings = loadSettings(Secrets, {});
    expect([settings.apiKey.reveal(), settings.other]).toEqual([
      'from the secret',
      'from the file',
    ]);
    expect(JSON.stringify(settings)).toBe('{"apiKey":"**********","other":"from the file"}');
  });
});

describe('one error', () => {
  @Settings({ prefix: 'SHOP_', envFile: '.env.none', secretsDir: '/run/none' })
  class Shop {
    database!: Database;
    pageSize: int = 20;
    @MinLength(8) key!: Secret;
    origins: string[] = [];
    site: url = 'https://shop.example/';
  }

  test('names every variable that is missing or wrong, and where it was found', () => {
    expect(
      problemsOf(Shop, {
        SHOP_PAGE_SIZE: 'many',
        SHOP_KEY: 'short',
        SHOP_ORIGINS: 'https://a.example',
      }),
    ).toEqual([
      'SHOP_DATABASE__URL is missing',
      "SHOP_PAGE_SIZE (from the environment): Input should be a valid integer, unable to parse string as an integer; it is 'many'",
      'SHOP_KEY (from the environment): String should have at least 8 characters',
      'SHOP_ORIGINS (from the environment) is not JSON',
    ]);
  });

  test('says where inside JSON the mistake is', () => {
    expect(
      problemsOf(Shop, {
        SHOP_DATABASE: '{"pool": "x"}',
        SHOP_KEY: 'long enough',
        SHOP_ORIGINS: '["a", 5]',
      }),
    ).toEqual([
      'SHOP_DATABASE.url (from the environment): Field required',
      "SHOP_DATABASE.pool (from the environment): Input should be a valid integer, unable to parse string as an integer; it is 'x'",
      'SHOP_ORIGINS.1 (from the environment): Input should be a valid string',
    ]);
  });

  test('names the file, and never shows a text that may be a secret', () => {
    @Settings({ envFile: file('.env', 'SITE=postgres//user:hunter2@db\nKEY=hunter2') })
    class Leaky {
      site!: url;
      @MinLength(8) key!: Secret;
    }
    const problems = problemsOf(Leaky, {});
    expect(problems).toEqual([
      `SITE (from ${join(directory, '.env')}): Input should be a valid URL, relative URL without a base`,
      `KEY (from ${join(directory, '.env')}): String should have at least 8 characters`,
    ]);
  });

  test('says what to write, and where', () => {
    expect(() => loadSettings(Shop, { SHOP_DATABASE__URL: 'https://db.example/' })).toThrow(
      expect.objectContaining({
        write: 'SHOP_KEY=… in the environment or .env.none or /run/none',
      }) as Error,
    );
  });
});

describe('in production', () => {
  @Settings()
  class Keys {
    jwtKey!: Secret;
    smtpPassword!: Secret;
    session_secret = 'short';
    pusher!: Secret;
  }
  const strong = 'a'.repeat(32);
  const environment = {
    JWT_KEY: strong,
    SMTP_PASSWORD: 'pw',
    SESSION_SECRET: strong,
    PUSHER: 'short',
  };

  test('a key that signs has 32 bytes, and no secret is an example', () => {
    expect(problemsOf(Keys, { ...environment, NODE_ENV: 'production' })).toEqual([]);
    expect(
      problemsOf(Keys, {
        JWT_KEY: 'secret',
        SMTP_PASSWORD: 'ChangeMe',
        PUSHER: 'x',
        NODE_ENV: 'production',
      }),
    ).toEqual([
      'JWT_KEY is an example that everybody knows',
      'SMTP_PASSWORD is an example that everybody knows',
      'SESSION_SECRET has 5 bytes where a key that signs needs 32',
    ]);
  });

  test('an example said over and over is an example', () => {
    const problems = problemsOf(Keys, {
      ...environment,
      JWT_KEY: 'change-me-change-me-change-me-change-me',
      NODE_ENV: 'production',
    });
    expect(problems).toEqual(['JWT_KEY is an example that everybody knows']);
  });

  test('a secret does not stand in the program', () => {
    class Mail {
      password = new Secret('for the mail server of the office');
    }
    @Settings()
    class Written {
      tokenSecret = new Secret('this one is used on the machines of developers');
      mail: Mail = new Mail();
      none = new Secret('');
      session_secret = 'another one that is used on machines of developers';
    }
    const ending = 'is not set, and its default stands in the program for everybody to read';
    expect(problemsOf(Written, { NODE_ENV: 'production' })).toEqual([
      `TOKEN_SECRET ${ending}`,
      `MAIL.password ${ending}`,
      `SESSION_SECRET ${ending}`,
    ]);
    const given = { TOKEN_SECRET: strong, MAIL__PASSWORD: 'pw', SESSION_SECRET: strong };
    expect(problemsOf(Written, { ...given, NODE_ENV: 'production' })).toEqual([]);
    expect(problemsOf(Written, {})).toEqual([]);
  });

  test('and only there', () => {
    expect(problemsOf(Keys, { JWT_KEY: 'secret', SMTP_PASSWORD: 'changeme', PUSHER: 'x' })).toEqual(
      [],
    );
  });
});
