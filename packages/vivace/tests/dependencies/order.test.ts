import {
  Body,
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Query,
  Security,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  int,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { override, testClient } from 'vivace/testing';
import { listening } from '../http';
import { Wire, request } from '../reliability/raw';
import { POINTS, Way, application, type Point } from './way';

/** The sessions that are open when a request is at a point. */
const OPEN_AT: Readonly<Record<Point, readonly string[]>> = {
  guard: ['guard'],
  dependency: ['guard', 'dependency'],
  cleanup: ['guard', 'dependency', 'controller', 'handler'],
  constructor: ['guard', 'dependency', 'controller', 'handler'],
  handler: ['guard', 'dependency', 'controller', 'handler'],
};
const ALL = OPEN_AT.handler;
const FITS = { n: 1, word: 'a' };
const as = (token: string) => ({ authorization: `Bearer ${token}` });

function posted(body: object | string, headers: Readonly<Record<string, string>>): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return request('POST', '/things/', { 'content-type': 'application/json', ...headers }, text);
}

/** Everything that was opened is closed; what closes is waited for. */
async function closed(way: Way): Promise<void> {
  while (way.open.length > 0) await new Promise(setImmediate);
}

describe('a request opens what it has come to need, and closes all of it', () => {
  it.each([
    ['200', FITS, as('ann'), 200, ALL],
    ['401 of the scheme', FITS, {}, 401, []],
    ['401 of the scheme before a body that is none', '{', {}, 401, []],
    ['401 of the guard', FITS, as('unknown'), 401, ['guard']],
    ['403 of the guard', FITS, as('stranger'), 403, ['guard']],
    ['422 of a body that is no JSON', '{', as('ann'), 422, ['guard']],
    [
      '422 of an input of a dependency',
      { ...FITS, n: 'x' },
      as('ann'),
      422,
      ['guard', 'dependency'],
    ],
    ['422 of an input of the handler', { n: 1 }, as('ann'), 422, ['guard', 'dependency']],
    ['404 of a dependency before that 422', { n: 404 }, as('ann'), 404, ['guard', 'dependency']],
  ])('%s', async (_, body, headers, status, opened) => {
    const way = new Way();
    await using client = await testClient(application(way));
    const sent = typeof body === 'string' ? { body } : { json: body };
    const answer = await client.post('/things/', {
      ...sent,
      headers: { 'content-type': 'application/json', ...headers },
    });
    await closed(way);
    expect([answer.status, way.opened, way.open]).toEqual([status, opened, []]);
  });

  it.each(POINTS)('500 at %s', async (point) => {
    const way = new Way();
    way.failsAt(point);
    await using client = await testClient(application(way), { raiseErrors: false });
    const answer = await client.post('/things/', { json: FITS, headers: as('ann') });
    expect([answer.status, way.opened, way.open]).toEqual([500, OPEN_AT[point], []]);
  });

  it.each(POINTS)('a client that leaves at %s: the request goes on to its end', async (point) => {
    const way = new Way();
    await using server = await listening(application(way));
    const { there, goOn } = way.waitsAt(point);
    await using wire = new Wire(server).send(posted(FITS, as('ann')));
    await there;
    expect(way.open).toEqual(OPEN_AT[point]);
    wire.reset();
    await wire.closed();
    goOn();
    await closed(way);
    expect(way.opened).toEqual(ALL);
  });

  it('a client that leaves half way in its body', async () => {
    const way = new Way();
    await using server = await listening(application(way));
    const { there, goOn } = way.waitsAt('guard');
    await using wire = new Wire(server).send(posted(FITS, as('ann')).slice(0, -2));
    await there;
    goOn();
    wire.reset();
    await closed(way);
    expect(way.opened).toEqual(['guard']);
  });

  it('a body that does not come: 408, and nothing is held but what the guard needs', async () => {
    const way = new Way();
    await using server = await listening(application(way, { timeouts: { stall: 0.2 } }));
    await using wire = new Wire(server).send(posted(FITS, as('ann')).slice(0, -2));
    const [answer] = await wire.answers(1);
    await closed(way);
    expect([answer?.[0], way.opened]).toEqual([408, ['guard']]);
  });

  it.each(POINTS)('a time limit that is over at %s: nothing more is opened', async (point) => {
    const reached = { isTrue: false };
    // On a busy machine the time may be over before: then it is tried again.
    while (!reached.isTrue) {
      const way = new Way();
      await using server = await listening(application(way, { timeouts: { handler: 0.5 } }));
      const { there, goOn } = way.waitsAt(point);
      void there.then(() => (reached.isTrue = true));
      await using wire = new Wire(server).send(posted(FITS, as('ann')));
      const [answer] = await wire.answers(1);
      goOn();
      await closed(way);
      expect(answer?.[0]).toBe(503);
      if (reached.isTrue) expect(way.opened).toEqual(OPEN_AT[point]);
    }
  });

  it.each(POINTS)(
    'a server that closes while a request is at %s waits for its end',
    async (point) => {
      const way = new Way();
      await using server = await listening(application(way));
      const { there, goOn } = way.waitsAt(point);
      await using wire = new Wire(server).send(posted(FITS, as('ann')));
      await there;
      const closing = server.close();
      goOn();
      const [answer] = await wire.answers(1);
      await closing;
      expect([answer?.[0], way.opened, way.open]).toEqual([200, ALL, []]);
    },
  );

  it('a server that cannot wait longer, wherever a request is', async () => {
    await Promise.all(
      POINTS.map(async (point) => {
        const way = new Way();
        await using server = await listening(application(way, { timeouts: { shutdown: 0.05 } }));
        const { there, goOn } = way.waitsAt(point);
        await using wire = new Wire(server).send(posted(FITS, as('ann')));
        await there;
        await server.close();
        goOn();
        await closed(way);
        expect(way.opened.slice(0, OPEN_AT[point].length)).toEqual(OPEN_AT[point]);
      }),
    );
  });
});

describe('the order of a request', () => {
  const trail: string[] = [];
  beforeEach(() => void (trail.length = 0));
  const noted = (name: string, needs: Parameters<typeof dependency>[0] = {}) =>
    dependency(needs as Record<string, never>, () => void trail.push(name), { name });
  const opened = (name: string, options: { readonly opens?: 'early' } = {}) =>
    dependency(
      function* () {
        trail.push(name);
        yield name;
      },
      { name, ...options },
    );
  const bearer = new HTTPBearer();
  const wanted = dependency({ word: Query(String, { default: '' }) }, ({ word }) => {
    trail.push('wanted');
    if (word === 'missing') throw new HTTPException(404);
    return word;
  });

  it('is that of the guide', async () => {
    const early = noted('plain of the application');
    const guard = noted('guard', { session: opened('session of the guard'), bearer });
    const other = noted('plain of the handler', { session: opened('session of the plain one') });
    const own = opened('session of the handler');
    const controllers = opened('session of the controller');
    @Injectable()
    class Service {
      constructor(@Depends(controllers) _session: string) {
        trail.push('service');
      }
    }
    @Controller()
    class Routes {
      constructor(_service: Service) {
        trail.push('controller');
      }
      @Get('/')
      read(@Depends(own) _own: string, @Depends(other) _: void, @Depends(guard) __: void) {
        trail.push('handler');
      }
    }
    const app = new Vivace({ controllers: [Routes], dependencies: [early] });
    await using client = await testClient(app);
    await client.get('/', { headers: as('ann') });
    expect(trail).toEqual([
      'session of the guard',
      'guard',
      'plain of the application',
      'session of the plain one',
      'plain of the handler',
      'session of the controller',
      'session of the handler',
      'service',
      'controller',
      'handler',
    ]);
    const headings = (await app.explain('GET /')).match(/\/\/ \d .*/g);
    expect(headings).toEqual([
      '// 1 security schemes',
      '// 2 guards, with what they need',
      '// 4 dependencies, as written, and inputs',
      '// 6 what closes again and only the handler and constructors need',
      '// 7 constructors and the handler',
    ]);
  });

  it('has a guard inside a guard before the session that only the outer one needs', async () => {
    const inner = dependency({ bearer }, ({ bearer: { credentials } }) => {
      trail.push('inner');
      if (credentials === 'unknown') throw new HTTPException(401);
      return credentials;
    });
    const outer = noted('outer', { session: opened('session'), inner });
    @Controller()
    class Routes {
      @Get('/') read(@Depends(outer) _: void) {
        return 'ok';
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    expect((await client.get('/', { headers: as('unknown') })).status).toBe(401);
    expect(trail).toEqual(['inner']);
  });

  it('has a session of the user who was let in after the verdict, for it is no guard', async () => {
    const user = dependency({ bearer }, ({ bearer: { credentials } }) => credentials);
    const ofUser = dependency({ user }, function* ({ user }) {
      trail.push(`session of ${user}`);
      yield user;
    });
    @Controller()
    class Routes {
      @Get('/') read(@Depends(ofUser) user: string, @Query() n: int) {
        return [user, n];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    expect((await client.get('/?n=x', { headers: as('ann') })).status).toBe(422);
    expect(trail).toEqual([]);
    expect((await client.get('/?n=1', { headers: as('ann') })).json()).toEqual(['ann', 1]);
  });

  it('has one that asks for credentials itself, or stands under Security, among the guards', async () => {
    const asking = dependency({ bearer }, function* ({ bearer: { credentials } }) {
      trail.push('asking');
      if (credentials === 'unknown') throw new HTTPException(401);
      yield credentials;
    });
    const marked = opened('marked');
    @Controller()
    class Routes {
      @Post('/') write(
        @Depends(asking) user: string,
        @Security(marked) _: string,
        @Body({ embed: true }) n: int,
      ) {
        return [user, n];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    const json = { headers: { 'content-type': 'application/json' }, body: '{' };
    const sent = (token: string) => ({ ...json, headers: { ...json.headers, ...as(token) } });
    expect((await client.post('/', sent('unknown'))).status).toBe(401);
    expect((await client.post('/', sent('ann'))).status).toBe(422);
    expect(trail).toEqual(['asking', 'asking', 'marked']);
  });

  it('has a class that guards before the body where it runs for its effect', async () => {
    const user = dependency({ bearer }, ({ bearer: { credentials } }) => credentials);
    @Injectable()
    class Admins {
      constructor(@Depends(user) user: string) {
        if (user !== 'root') throw new HTTPException(403);
      }
    }
    @Controller('', { dependencies: [Admins] })
    class Routes {
      @Post('/') write(@Body() body: Record<string, string>) {
        return body;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    const malformed = { headers: { 'content-type': 'application/json', ...as('ann') }, body: '{' };
    expect((await client.post('/', malformed)).status).toBe(403);
  });

  it('leaves what runs for its effect where it is written, also with clean-up', async () => {
    const limit = opened('limit');
    @Controller('', { dependencies: [limit, wanted] })
    class Routes {
      @Get('/') read(@Query() n: int) {
        return n;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    expect((await client.get('/?n=x')).status).toBe(422);
    expect((await client.get('/?n=x&word=missing')).status).toBe(404);
    expect(trail).toEqual(['limit', 'wanted', 'limit', 'wanted']);
  });

  it('has a function that a constructor needs after the verdict, too, if it opens something', async () => {
    const session = opened('session');
    const plain = noted('plain');
    const repository = noted('repository', { session });
    @Controller()
    class Routes {
      constructor(@Depends(repository) _: void, @Depends(plain) __: void) {}
      @Get('/') read(@Query() n: int) {
        return n;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    expect((await client.get('/?n=x')).status).toBe(422);
    expect(trail.splice(0)).toEqual(['plain']);
    await client.get('/?n=1');
    expect(trail).toEqual(['plain', 'session', 'repository']);
  });

  it("is early again with opens: 'early', whoever stands for it", async () => {
    const session = opened('session', { opens: 'early' });
    @Controller()
    class Routes {
      constructor(@Depends(session) readonly name: string) {}
      @Get('/') read(@Depends(wanted) word: string, @Query() n: int) {
        return [word, n];
      }
    }
    const app = new Vivace({ controllers: [Routes] });
    await using client = await testClient(app);
    expect((await client.get('/?n=x')).status).toBe(422);
    expect(trail.splice(0)).toEqual(['session', 'wanted']);
    const stub = function* (): Generator<string, void, unknown> {
      trail.push('stub');
      yield 'stub';
    };
    await using other = await testClient(app, { overrides: [override(session, stub)] });
    expect((await other.get('/?n=x')).status).toBe(422);
    expect(trail).toEqual(['stub', 'wanted']);
  });

  it('counts for WebSockets: a handshake that is refused opens nothing', async () => {
    const session = opened('session');
    @Controller()
    class Routes {
      constructor(@Depends(session) readonly name: string) {}
      @WebSocketRoute('/')
      async talk(socket: WebSocket, @Query() n: int, @Security(bearer) _: unknown) {
        await socket.accept();
        await socket.sendJson(n);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    await expect(client.websocket('/?n=1')).rejects.toThrow();
    await expect(client.websocket('/?n=x', { headers: as('ann') })).rejects.toThrow();
    expect(trail).toEqual([]);
    await using socket = await client.websocket('/?n=1', { headers: as('ann') });
    expect(await socket.receive()).toBe('1');
    expect(trail).toEqual(['session']);
  });

  it('reads what a session is opened with, and judges it, before it opens', async () => {
    const tenant = dependency({ tenant: Header(int, { alias: 'x-tenant' }) }, function* (given) {
      trail.push(`session of ${given.tenant}`);
      yield given.tenant;
    });
    @Controller()
    class Routes {
      constructor(@Depends(tenant) readonly tenant: int) {}
      @Get('/') read() {
        return this.tenant;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Routes] }));
    const refused = await client.get('/', { headers: { 'x-tenant': 'x' } });
    expect(refused.json()).toMatchObject({ detail: [{ loc: ['header', 'x-tenant'] }] });
    expect(trail).toEqual([]);
    expect((await client.get('/', { headers: { 'x-tenant': '7' } })).json()).toBe(7);
  });
});
