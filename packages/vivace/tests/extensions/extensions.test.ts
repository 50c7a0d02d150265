import {
  Controller,
  dependency,
  Get,
  Injectable,
  on,
  provide,
  Request,
  Vivace,
  type Middleware,
  type VivaceOptions,
} from 'vivace';
import type { Extension, Plan } from 'vivace/extend';
import { JSONResponse } from 'vivace/responses';
import { APIKeyHeader } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

/** A package as its author would write it. */
const opened: string[] = [];
const connection = dependency(
  async function* () {
    opened.push('open');
    yield 'connected';
    opened.push('close');
  },
  { lifetime: 'singleton', name: 'connection' },
);
abstract class Clock {
  abstract now(): string;
}
@Injectable({ lifetime: 'singleton' })
class PackageClock extends Clock {
  now(): string {
    return 'noon';
  }
}
class Late extends Error {}
@Controller('/clock')
class ClockController {
  constructor(private readonly clock: Clock) {}
  @Get('/')
  read(): { now: string } {
    return { now: this.clock.now() };
  }
}
const ping = dependency({ connection }, ({ connection: state }) => state);
const way =
  (name: string): Middleware =>
  async (request, next) => {
    request.state['way'] = [...((request.state['way'] as string[] | undefined) ?? []), name];
    return next();
  };
const clock: Extension = {
  name: 'clock',
  singletons: [connection],
  provide: [provide(Clock, PackageClock)],
  controllers: [ClockController],
  middleware: [way('clock')],
  plugin: (fastify) => {
    fastify.get('/plain', { schema: {} }, () => 'plain');
    fastify.get('/shown', { schema: { hide: false } }, () => 'shown');
    fastify.register(async (inner) => void inner.get('/inner', { schema: {} }, () => 'inner'));
  },
  health: { clock: ping },
  exceptions: [
    on(Late, () => new JSONResponse('of the extension', { status: 409 })),
    on(404, () => new JSONResponse('nothing here', { status: 404 })),
  ],
};

@Controller('/own')
class Own {
  @Get('/way')
  way(request: Request): unknown {
    return request.state['way'];
  }
  @Get('/late')
  late(): void {
    throw new Late();
  }
}
const app = (options: VivaceOptions = {}): Vivace =>
  new Vivace({ controllers: [Own], extensions: [clock], ...options });

beforeEach(() => void (opened.length = 0));

describe('an extension', () => {
  it('opens its singletons with the server and closes them with it', async () => {
    const client = await testClient(app());
    expect(opened).toEqual(['open']);
    await client.close();
    expect(opened).toEqual(['open', 'close']);
  });

  it('adds controllers, with what it provides for them', async () => {
    await using client = await testClient(app());
    expect((await client.get('/clock/')).json()).toEqual({ now: 'noon' });
    expect(Object.keys(client.server.openapi().paths ?? {})).toContain('/clock/');
  });

  it('is named by the routes that it adds', async () => {
    const routes = await app().routes();
    expect(routes.map(({ path, extension }) => [path, extension])).toEqual([
      ['/own/way', null],
      ['/own/late', null],
      ['/clock/', 'clock'],
    ]);
    expect(await app().explain('GET /clock/')).toContain('ClockController');
  });

  it('has its middleware around that of the program, in the order of the extensions', async () => {
    const second = { name: 'second', middleware: [way('second')] };
    await using client = await testClient(
      app({ extensions: [clock, second], middleware: [way('program')] }),
    );
    expect((await client.get('/own/way')).json()).toEqual(['clock', 'second', 'program']);
  });

  it('is guarded by what guards the program', async () => {
    const key = new APIKeyHeader({ key: 'x-key' });
    await using client = await testClient(app({ dependencies: [key] }));
    for (const path of ['/clock/', '/plain', '/inner'])
      expect([path, (await client.get(path)).status]).toEqual([path, 401]);
  });

  it('has routes of its plugin in the document only where their schema says so', async () => {
    const program = app();
    program.plugin((fastify) => void fastify.get('/program', { schema: {} }, () => 'program'));
    await using client = await testClient(program);
    for (const path of ['/plain', '/shown', '/inner'])
      expect((await client.get(path)).text).toBe(path.slice(1));
    const paths = Object.keys(client.server.openapi().paths ?? {});
    expect(paths.filter((path) => !path.startsWith('/own'))).toEqual([
      '/clock/',
      '/shown',
      '/program',
    ]);
  });

  it('mounts handlers behind what guards them, which may want whole addresses', async () => {
    const key = new APIKeyHeader({ key: 'x-key' });
    const handler = async ({ url }: globalThis.Request) => new globalThis.Response(url);
    const pages: Extension = {
      name: 'pages',
      mounts: [
        { path: '/pages', handler, options: { dependencies: [key] } },
        { path: '/whole', handler, options: { keepPrefix: true } },
      ],
    };
    await using client = await testClient(new Vivace({ extensions: [pages] }));
    expect((await client.get('/pages/a')).status).toBe(401);
    const headers = { 'x-key': 'secret' };
    expect((await client.get('/pages/a?b=1', { headers })).text).toBe('http://testserver/a?b=1');
    expect((await client.get('/whole/a?b=1')).text).toBe('http://testserver/whole/a?b=1');
    expect((await client.get('/whole')).text).toBe('http://testserver/whole');
  });

  it('joins its checks to /readyz, where the program has one too', async () => {
    const own = dependency(() => 'well');
    await using client = await testClient(app({ health: { checks: { own } } }));
    expect((await client.get('/readyz')).json()).toEqual({
      status: 'ok',
      checks: { clock: 'ok', own: 'ok' },
    });
  });

  it('answers errors that the program does not', async () => {
    await using client = await testClient(app());
    const { status, body } = await client.get('/own/late').then(shown);
    expect([status, body]).toEqual([409, 'of the extension']);
    expect((await client.get('/nowhere').then(shown)).body).toBe('nothing here');
  });

  it('is asked about errors after the program, which may ask it for its answer', async () => {
    const handled = on(Late, async (_, __, next) => {
      const { status } = await next();
      return new JSONResponse(`program, then ${status}`, { status });
    });
    await using client = await testClient(app({ exceptions: [handled] }));
    expect((await client.get('/own/late').then(shown)).body).toBe('program, then 409');
  });

  it('does not count for applications that are mounted', async () => {
    const inner = new Vivace({ controllers: [Own] });
    await using client = await testClient(app().mount('/inner', inner), { raiseErrors: false });
    expect((await client.get('/inner/clock/')).status).toBe(404);
    expect((await client.get('/inner/own/late')).status).toBe(500);
    expect((await client.get('/inner/own/way')).json()).toEqual(['clock']);
  });

  it('of a mounted application counts there', async () => {
    await using client = await testClient(new Vivace().mount('/inner', app()));
    expect((await client.get('/inner/clock/')).json()).toEqual({ now: 'noon' });
    expect(opened).toEqual(['open']);
  });

  it('changes nothing in the code of operations', async () => {
    const plain = await new Vivace({ controllers: [Own] }).explain('GET /own/way');
    expect(await app().explain('GET /own/way')).toBe(plain);
  });
});

const shown = ({ status, text }: { status: number; text: string }) => ({
  status,
  body: JSON.parse(text) as unknown,
});

describe('what an extension provides', () => {
  class Fake extends Clock {
    now(): string {
      return 'midnight';
    }
  }

  it('is beaten by what the program provides', async () => {
    await using client = await testClient(app({ provide: [provide(Clock, () => new Fake())] }));
    expect((await client.get('/clock/')).json()).toEqual({ now: 'midnight' });
  });

  it('can be overridden in a test', async () => {
    await using client = await testClient(app(), {
      overrides: [override(Clock, () => new Fake()), override(connection, () => 'fake')],
    });
    expect((await client.get('/clock/')).json()).toEqual({ now: 'midnight' });
    expect(opened).toEqual([]);
  });

  it('counts where a test forbids the real thing', async () => {
    await expect(testClient(app(), { forbidUnmocked: [connection] })).rejects.toMatchObject({
      code: 'OVERRIDE_MISSING',
    });
  });
});

describe('the check of an extension', () => {
  const checking = (check: (plan: Plan) => void): Vivace =>
    app({ extensions: [clock, { name: 'checking', check }] });

  it('sees the plan of the server before anything is opened', async () => {
    const seen: unknown[] = [];
    const program = checking(({ workers, production, env }) =>
      seen.push(workers, production, env['SIZE'], [...opened]),
    );
    await using _ = await program.build({
      workers: 3,
      env: { SIZE: '10', NODE_ENV: 'production' },
    });
    expect(seen).toEqual([3, true, '10', []]);
  });

  it('refuses what cannot work', async () => {
    const program = checking((plan) =>
      plan.refuse('POOL_TOO_LARGE', connection, 'There are 200 connections.', 'workers: 2'),
    );
    await expect(program.build()).rejects.toThrow(
      /^\[POOL_TOO_LARGE\] connection \(.*extensions\.test\.ts:\d+\): There are 200 connections\.\n {2}Write instead: workers: 2$/,
    );
    expect(opened).toEqual([]);
  });

  it('is not made for a document, nor for another variant of a server', async () => {
    let checks = 0;
    const program = checking(() => (checks += 1));
    await program.openapi();
    expect(checks).toBe(0);
    await using client = await testClient(program);
    await client.get('/clock/', { overrides: [override(connection, () => 'fake')] });
    expect(checks).toBe(1);
  });
});

test('a singleton that only a health check needs is opened', async () => {
  const store = dependency(() => ({ answers: true }), { lifetime: 'singleton', name: 'store' });
  const answers = dependency({ store }, ({ store: { answers: does } }) => does);
  await using client = await testClient(new Vivace({ health: { checks: { answers } } }));
  expect((await client.get('/readyz')).json()).toEqual({ status: 'ok', checks: { answers: 'ok' } });
});
