import { Controller, Get, Injectable, Request, Secret, Vivace, type int } from 'vivace';
import { accessLog, requestId } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { telemetry } from '@vivace/telemetry';
import { Collector } from './collector';

const SECRET = 'hunter2';
class AxiosError extends Error {
  config = { headers: { Authorization: `Bearer ${SECRET}` }, url: '/pay' };
}
class Login {
  user = 'ann';
  password = SECRET;
}
const circular: Record<string, unknown> = { token: SECRET };
circular['self'] = circular;

function toJSON(this: object): object {
  return { ...this };
}
const unreadable = Object.defineProperty({ token: SECRET }, 'x', {
  enumerable: true,
  get: () => {
    throw new Error('It is closed.');
  },
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What programs write into their logs without a thought. */
const LINES: readonly (readonly [string, object])[] = [
  ['authorization', { authorization: SECRET }],
  ['as a header', { headers: { Authorization: SECRET } }],
  ['in capitals', { AUTHORIZATION: SECRET }],
  ['proxy-authorization', { 'proxy-authorization': SECRET }],
  ['cookie', { cookie: `sid=${SECRET}` }],
  ['set-cookie', { 'set-cookie': [`sid=${SECRET}`] }],
  ['setCookie', { setCookie: SECRET }],
  ['password', { password: SECRET }],
  ['passwd', { passwd: SECRET }],
  ['passphrase', { passphrase: SECRET }],
  ['token', { token: SECRET }],
  ['accessToken', { accessToken: SECRET }],
  ['access_token', { access_token: SECRET }],
  ['refresh_token', { refresh_token: SECRET }],
  ['id_token', { id_token: SECRET }],
  ['secret', { secret: SECRET }],
  ['client_secret', { client_secret: SECRET }],
  ['apiKey', { apiKey: SECRET }],
  ['x-api-key', { 'x-api-key': SECRET }],
  ['privateKey', { privateKey: SECRET }],
  ['credentials', { credentials: { user: 'ann', key: SECRET } }],
  ['of the program', { iban: SECRET }],
  ['deep below', { a: { b: { c: [{ d: { password: SECRET } }] } } }],
  ['in a list of lists', { rows: [[{ token: SECRET }]] }],
  ['in a Map', { map: new Map([['password', SECRET]]) }],
  ['in Headers', { headers: new Headers({ authorization: SECRET }) }],
  ['in a query', { query: new URLSearchParams({ token: SECRET }) }],
  ['in an instance', { login: new Login() }],
  ['in a Secret', { value: new Secret(SECRET), list: [new Secret(SECRET)] }],
  ['in an error', { err: new AxiosError('refused') }],
  ['in the cause of an error', { err: new Error('failed', { cause: new AxiosError('no') }) }],
  ['in a circle', { circular }],
  ['of a user', { userPassword: SECRET, 'x-auth-token': SECRET, DB_PASSWORD: SECRET }],
  ['hashed', { password_hash: SECRET, passwordHash: SECRET }],
  ['in what says itself how it is written', { row: { toJSON: () => ({ id: 1, token: SECRET }) } }],
  ['in an error that does', { err: Object.assign(new Error('x'), new Login(), { toJSON }) }],
  ['in one of several errors', { err: new AggregateError([new AxiosError('no')], 'all') }],
  ['in entries', { headers: Object.entries({ authorization: SECRET }) }],
  ['beside what cannot be read', { hidden: unreadable }],
  ['beside what cannot be read in the line itself', unreadable],
  ['beside what nobody can look at', { revoked: revoked(), token: SECRET }],
  ['pwd', { pwd: SECRET }],
  ['passwords', { passwords: [SECRET], secrets: { of: SECRET } }],
  ['without a prototype', { plain: Object.assign(Object.create(null), { token: SECRET }) }],
];

@Injectable()
class Users {
  of(request: Request): string {
    request.state.userId = 'ann';
    return 'ann';
  }
}

@Controller('/things')
class Things {
  constructor(private readonly users: Users) {}
  @Get('/log/:line') log(line: int, request: Request): void {
    request.log.info(LINES[line]![1], 'something');
  }
  @Get('/:id') read(id: int, request: Request): int {
    this.users.of(request);
    return id;
  }
}

class Logged {
  readonly lines: string[] = [];
  readonly app = new Vivace({
    controllers: [Things],
    extensions: [telemetry({ redact: ['iban'] })],
    middleware: [requestId(), accessLog()],
    logger: { level: 'info', stream: { write: (line: string) => void this.lines.push(line) } },
  });

  get last(): Record<string, unknown> {
    return JSON.parse(this.lines.at(-1)!) as Record<string, unknown>;
  }
}

describe('a log line', () => {
  it.each(LINES.map(([name], index) => [name, index] as const))(
    'shows no secret: %s',
    async (_, line) => {
      const logged = new Logged();
      await using client = await testClient(logged.app);
      expect((await client.get(`/things/log/${line}`)).status).toBe(200);
      const written = logged.lines.join('');
      expect(written).toContain('something');
      expect(written).not.toContain(SECRET);
    },
  );

  it('shows none of what a child of the logger is given', async () => {
    const logged = new Logged();
    await using client = await testClient(logged.app);
    const child = client.server.fastify.log.child({ token: SECRET, user: 'ann' });
    child.child({ deep: { password: SECRET } }).info('something');
    expect(logged.last).toMatchObject({ user: 'ann', token: '[redacted]', msg: 'something' });
    expect(logged.lines.join('')).not.toContain(SECRET);
  });

  it.each<readonly [string, object, object]>([
    ['log', {}, { formatters: { log: (line: object) => ({ ...line, password: SECRET }) } }],
    ['bindings', {}, { formatters: { bindings: () => ({ apiKey: SECRET }) } }],
    ['a serializer', { login: 1 }, { serializers: { login: () => new Login() } }],
    ['a serializer of bindings', {}, { serializers: { bound: () => new Login() } }],
    ['an error', { err: new Error('x') }, { serializers: { err: () => new AxiosError('no') } }],
  ])('shows none of what a child makes itself of its fields, by %s', async (_, line, options) => {
    const logged = new Logged();
    await using client = await testClient(logged.app);
    const child = client.server.fastify.log.child({ bound: 1 }, options);
    for (const log of [child, child.child({}), child.child({}, { serializers: {} })])
      log.info({ token: SECRET, ...line }, 'something');
    expect(logged.lines.filter((text) => text.includes('"token":"[redacted]"'))).toHaveLength(3);
    expect(logged.lines.join('')).not.toContain(SECRET);
  });

  it('shows none of what the serializers of the program make', async () => {
    const lines: string[] = [];
    await using client = await testClient(
      new Vivace({
        controllers: [Things],
        extensions: [telemetry()],
        logger: {
          level: 'info',
          stream: { write: (line: string) => void lines.push(line) },
          serializers: { req: ({ headers }: { headers: object }) => ({ headers }) },
        },
      }),
    );
    await client.get('/things/1', { headers: { authorization: SECRET } });
    client.server.fastify.log.info({ req: { headers: { cookie: SECRET } } }, 'by hand');
    const raw = Object.assign(Object.create({ constructor: class IncomingMessage {} }), {
      headers: { cookie: SECRET },
    });
    client.server.fastify.log.info({ req: raw }, 'as it came');
    expect(lines.join('')).toContain('as it came');
    expect(lines.join('')).not.toContain(SECRET);
  });

  it('keeps all the rest', async () => {
    const logged = new Logged();
    await using client = await testClient(logged.app);
    const fields = { user: { name: 'ann', tokens: 3 }, list: [1, { a: 2 }], at: new Date(0) };
    client.server.fastify.log.info({ ...fields, password: null, err: new AxiosError('refused') });
    expect(logged.last).toMatchObject({
      user: { name: 'ann', tokens: 3 },
      list: [1, { a: 2 }],
      at: '1970-01-01T00:00:00.000Z',
      password: null,
      err: {
        type: 'AxiosError',
        message: 'refused',
        stack: expect.stringContaining('logs.test'),
        config: { headers: { Authorization: '[redacted]' }, url: '/pay' },
      },
    });
  });

  it('of a request says which it was, in which trace, of whom, and how it ended', async () => {
    await using collector = await Collector.open();
    const logged = new Logged();
    {
      await using client = await testClient(logged.app, { env: collector.env });
      await client.get('/things/7', { headers: { 'x-request-id': 'order-7' } });
    }
    const { traceId } = await collector.span('GET /things/:id');
    expect(logged.last).toMatchObject({
      reqId: 'order-7',
      trace_id: traceId,
      user: 'ann',
      method: 'GET',
      route: '/things/:id',
      status: 200,
      ms: expect.any(Number),
    });
    expect((await collector.span('GET /things/:id')).attributes).toMatchObject({
      'enduser.id': 'ann',
      'vivace.request_id': 'order-7',
    });
  });

  it('has an id of its own where the client sent one that could harm', async () => {
    const logged = new Logged();
    await using client = await testClient(logged.app);
    await client.get('/things/7', { headers: { 'x-request-id': '<script>' } });
    expect(logged.last['reqId']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
