import {
  Controller,
  Get,
  Request,
  Vivace,
  dependency,
  HealthWarning,
  type Server,
  type VivaceOptions,
} from 'vivace';
import { httpsRedirect, trustedHosts } from 'vivace/middleware';
import { override, testClient } from 'vivace/testing';
import { call, listening } from './http';

const closed: string[] = [];
let broken = false;
let gate = Promise.resolve();
const database = dependency(async function* () {
  await gate;
  if (broken) throw new Error('password of the database');
  yield 'database';
  closed.push('database');
});
const ping = dependency({ database }, ({ database: name }) => `${name} answers`);
const queue = dependency(() => 'queue', { lifetime: 'singleton' });

@Controller()
class Home {
  @Get('/:name')
  read(name: string): string {
    return name;
  }
}
const app = (options: VivaceOptions = {}): Vivace =>
  new Vivace({ controllers: [Home], health: { checks: { ping, queue } }, ...options });
const leave = (server: Server): void => (server as Server & { leave(): void }).leave();

beforeEach(() => {
  broken = false;
  closed.length = 0;
});

describe('health', () => {
  it('is answered at /livez and /readyz unless it is switched off', async () => {
    await using server = await listening(new Vivace({ controllers: [Home] }));
    for (const path of ['/livez', '/readyz']) {
      const { status, json, headers } = await call(server, path);
      expect([status, json, headers['cache-control']]).toEqual([200, { status: 'ok' }, 'no-store']);
      expect((await call(server, path, { method: 'HEAD' })).status).toBe(200);
    }
    await using silent = await listening(new Vivace({ controllers: [Home], health: false }));
    expect((await call(silent, '/livez')).json).toBe('livez');
  });

  it('may have other paths, and leaves alone those that the program answers', async () => {
    @Controller()
    class Own {
      @Get('/readyz')
      own(): string {
        return 'mine';
      }
    }
    await using server = await listening(
      new Vivace({ controllers: [Own], health: { live: '/health/live' } }),
    );
    expect([
      (await call(server, '/health/live')).json,
      (await call(server, '/readyz')).json,
    ]).toEqual([{ status: 'ok' }, 'mine']);
    expect((await call(server, '/livez')).status).toBe(404);
  });

  it('is no part of the document', async () => {
    expect(Object.keys((await app().openapi()).paths)).toEqual(['/{name}']);
  });

  it('goes past middleware: who asks knows no host name and no https', async () => {
    await using server = await listening(
      app({ middleware: [trustedHosts(['shop.example']), httpsRedirect()] }),
    );
    expect([(await call(server, '/readyz')).status, (await call(server, '/ann')).status]).toEqual([
      200, 400,
    ]);
  });
});

describe('checks', () => {
  it('are dependencies: they are resolved anew each time, and closed', async () => {
    await using server = await listening(app());
    expect((await call(server, '/readyz')).json).toEqual({
      status: 'ok',
      checks: { ping: 'ok', queue: 'ok' },
    });
    await call(server, '/readyz');
    expect(closed).toEqual(['database', 'database']);
  });

  it('that fail make the server unready, not dead, and tell nothing of why', async () => {
    broken = true;
    await using server = await listening(app());
    const { status, json, text } = await call(server, '/readyz');
    expect([status, json]).toEqual([
      503,
      { status: 'unavailable', checks: { ping: 'failed', queue: 'ok' } },
    ]);
    expect(text).not.toContain('password');
    expect((await call(server, '/livez')).status).toBe(200);
    broken = false;
    expect((await call(server, '/readyz')).status).toBe(200);
  });

  it('that warn leave the server ready, and say why in the log', async () => {
    const lines: string[] = [];
    const full = dependency(() => {
      throw new HealthWarning('120000 mails wait');
    });
    const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
    await using server = await listening(app({ health: { checks: { full, queue } }, logger }));
    const { status, json } = await call(server, '/readyz');
    expect([status, json]).toEqual([
      200,
      { status: 'ok', checks: { full: 'warning', queue: 'ok' } },
    ]);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      '120000 mails wait',
    ]);
  });

  it('can be overridden, like all dependencies', async () => {
    broken = true;
    await using client = await testClient(app(), { overrides: [override(database, () => 'fake')] });
    expect((await client.get('/readyz')).status).toBe(200);
  });

  it('that need a request are refused at boot', async () => {
    const name = dependency({ request: Request }, ({ request }) => request.url);
    await expect(app({ health: { checks: { name } } }).build()).rejects.toThrow(
      /CONTEXT_ABSENT\] health\.checks\.name/,
    );
  });

  it('run once for all who ask at the same time', async () => {
    let release = (): void => {};
    gate = new Promise((resolve) => (release = resolve));
    await using client = await testClient(app());
    const answers = Array.from({ length: 10 }, () => client.get('/readyz'));
    await new Promise((resolve) => setImmediate(resolve));
    release();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(
      Array<number>(10).fill(200),
    );
    expect(closed).toEqual(['database']);
  });
});

describe('a server that leaves', () => {
  it('says that it is not ready, and answers all the same', async () => {
    await using server = await listening(app());
    leave(server);
    const { status, json } = await call(server, '/readyz');
    expect([status, json]).toEqual([503, { status: 'closing' }]);
    expect([(await call(server, '/livez')).status, (await call(server, '/ann')).json]).toEqual([
      200,
      'ann',
    ]);
  });
});
