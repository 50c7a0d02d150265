import {
  Controller,
  Depends,
  Field,
  Get,
  HTTPException,
  Header,
  Reply,
  ResponseValidationError,
  Throws,
  Vivace,
  dependency,
  on,
  type int,
} from 'vivace';
import { cors } from 'vivace/middleware';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { Log } from '../reliability/wire';

class UserOut {
  id!: int;
  name!: string;
}
class Row {
  constructor(
    readonly id: number,
    readonly name: string,
    readonly passwordHash = '$argon2id$…',
  ) {}
}

describe('gotchas of responses and errors', () => {
  test('gotcha 43: a row of a database is reduced to the fields of the written return type, in lists and objects too', async () => {
    class Team {
      members!: UserOut[];
      lead?: UserOut;
    }
    @Controller()
    class Users {
      @Get('/team')
      team(): Team {
        return { members: [new Row(1, 'ann')], lead: new Row(2, 'bob'), budget: 7 } as Team;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect((await client.get('/team')).json()).toEqual({
      members: [{ id: 1, name: 'ann' }],
      lead: { id: 2, name: 'bob' },
    });
  });

  test('gotcha 44: an HTTPException that is returned means the same as one that is thrown', async () => {
    @Controller()
    class Users {
      @Get('/gone')
      async gone(): Promise<UserOut | HTTPException> {
        return new HTTPException(410, 'left us');
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const response = await client.get('/gone');
    expect([response.status, response.json()]).toEqual([410, { detail: 'left us' }]);
  });

  test('gotcha 45: an HTTPException that a dependency swallows goes on, with a warning', async () => {
    const careless = dependency(function* () {
      try {
        yield 'session';
      } catch {
        // "whatever it was, carry on"
      }
    });
    @Controller()
    class Users {
      @Get('/missing')
      missing(@Depends(careless) _session: string): UserOut {
        throw new HTTPException(404);
      }
    }
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Users], logger: log.options }),
    );
    expect((await client.get('/missing')).status).toBe(404);
    expect(await log.line('swallowed an error')).toMatchObject({ level: 40 });
  });

  test('gotcha 46: what a database says goes to the log, and the client gets an id to ask with', async () => {
    @Controller()
    class Users {
      @Get('/broken')
      broken(): UserOut {
        throw new Error('connection to postgres://root:hunter2@db failed');
      }
    }
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Users], logger: log.options }),
      { raiseErrors: false },
    );
    const response = await client.get('/broken');
    expect([response.status, response.text]).toEqual([500, '{"detail":"Internal Server Error"}']);
    expect(await log.line('Unhandled error')).toMatchObject({
      reqId: response.headers.get('x-request-id'),
      err: { message: expect.stringContaining('hunter2') },
    });
  });

  test('gotcha 47: errors that are thrown stand in the document, and one switch makes them problem details there and in answers', async () => {
    @Controller('/users')
    class Users {
      @Get('/:id')
      @Throws(404)
      read(id: int): UserOut {
        throw new HTTPException(404, `no user ${id}`);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users], errors: 'problem' }));
    const response = await client.get('/users/7');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'no user 7',
    });
    expect((await client.get('/users/x')).json()).toMatchObject({
      status: 422,
      errors: [{ type: 'int_parsing' }],
    });
    const problem = { content: { 'application/problem+json': expect.anything() } };
    expect(client.server.openapi().paths['/users/{id}']).toMatchObject({
      get: { responses: { 404: problem, 422: problem } },
    });
  });

  test('gotcha 48: an answer to an error carries the headers of CORS, a 500 too', async () => {
    @Controller()
    class Users {
      @Get('/broken')
      broken(): UserOut {
        throw new Error('bug');
      }
      @Get('/missing')
      missing(): UserOut {
        throw new HTTPException(404);
      }
    }
    const origin = 'https://shop.example';
    const app = new Vivace({ controllers: [Users], middleware: [cors({ origins: [origin] })] });
    await using client = await testClient(app, { raiseErrors: false, headers: { origin } });
    for (const [path, status] of [
      ['/broken', 500],
      ['/missing', 404],
      ['/nowhere', 404],
    ] as const) {
      const response = await client.get(path);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
        status,
        origin,
      ]);
    }
  });

  test('gotcha 49: the nearest class answers; a handler of all errors does not see HTTP errors; two for one class are an error at boot', async () => {
    class NotFound extends Error {}
    @Controller()
    class Users {
      @Get('/missing')
      missing(): UserOut {
        throw new NotFound();
      }
      @Get('/teapot')
      teapot(): UserOut {
        throw new HTTPException(418);
      }
    }
    const all = on(Error, () => new JSONResponse({ by: 'all' }, { status: 500 }));
    const missing = on(NotFound, () => new JSONResponse({ by: 'class' }, { status: 404 }));
    await using client = await testClient(
      new Vivace({ controllers: [Users], exceptions: [all, missing] }),
    );
    expect((await client.get('/missing')).json()).toEqual({ by: 'class' });
    expect((await client.get('/teapot')).status).toBe(418);
    await expect(
      new Vivace({ controllers: [Users], exceptions: [missing, missing] }).build(),
    ).rejects.toThrow('[EXCEPTION_TWICE]');
  });

  test('gotcha 50: getters and inherited properties of any object are read', async () => {
    class Entity {
      get id(): number {
        return 7;
      }
    }
    class User extends Entity {
      #name = 'ann';
      get name(): string {
        return this.#name;
      }
    }
    @Controller()
    class Users {
      @Get('/me')
      me(): UserOut {
        return new User();
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect((await client.get('/me')).json()).toEqual({ id: 7, name: 'ann' });
  });

  test('gotcha 51: a response that does not fit throws in tests, and the log names field and operation', async () => {
    @Controller()
    class Users {
      @Get('/me')
      me(): UserOut {
        return { id: 1.5, name: 'ann' };
      }
    }
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Users], logger: log.options }),
    );
    await expect(client.get('/me')).rejects.toThrow(ResponseValidationError);
    const line = await log.line('Unhandled error');
    expect(line).toMatchObject({
      operation: expect.stringContaining('GET /me: Users.me'),
      err: { message: expect.stringContaining('response.id: ') },
    });
  });

  test('gotcha 52: of a union the member is written that fits best, whatever their order', async () => {
    class Item {
      name!: string;
    }
    class Plane extends Item {
      wingspan!: number;
    }
    @Controller()
    class Things {
      @Get('/plane')
      plane(): Item | Plane {
        return { name: 'A380', wingspan: 79.8 };
      }
      @Get('/item')
      item(): Plane | Item {
        return { name: 'pen' };
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Things] }));
    expect((await client.get('/plane')).json()).toEqual({ name: 'A380', wingspan: 79.8 });
    expect((await client.get('/item')).json()).toEqual({ name: 'pen' });
  });

  test('gotcha 53: headers and cookies set on Reply reach the client beside a response that is returned, also those of dependencies', async () => {
    const visit = dependency({ reply: Reply }, ({ reply }) => reply.setCookie('visit', '1'));
    @Controller()
    class Users {
      @Get('/me', { dependencies: [visit] })
      me(reply: Reply): JSONResponse {
        reply.headers.set('x-total', '1');
        return new JSONResponse({ name: 'ann' }, { status: 203 });
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const response = await client.get('/me');
    expect([response.status, response.headers.get('x-total'), response.cookies]).toEqual([
      203,
      '1',
      { visit: '1' },
    ]);
  });

  test('gotcha 54: headers are found in any case, on the way in and out', async () => {
    @Controller()
    class Users {
      @Get('/me')
      me(@Header('X-Token') token: string, reply: Reply): string {
        reply.headers.set('X-Seen', 'a');
        reply.headers.set('x-seen', 'b');
        return token;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const response = await client.get('/me', { headers: { 'x-ToKeN': 'secret' } });
    expect([response.json(), response.headers.get('X-SEEN')]).toEqual(['secret', 'b']);
  });

  test('gotcha 55: a cookie is for the own site unless it says otherwise, and one that browsers would drop is an error', async () => {
    const response = new JSONResponse({});
    response.setCookie('a', 'b');
    expect(response.headers.get('set-cookie')).toBe('a=b; Path=/; SameSite=lax');
    expect(() => response.setCookie('a', 'b', { sameSite: 'none' })).toThrow('add secure: true');
    response.setCookie('c', 'd', { sameSite: 'none', secure: true, httpOnly: true });
    expect(response.headers.getSetCookie().at(-1)).toBe(
      'c=d; Path=/; HttpOnly; Secure; SameSite=none',
    );
  });

  test('gotcha 56: a cookie of more than 4 KB is an error, not lost on the way', () => {
    const response = new JSONResponse({});
    expect(() => response.setCookie('cart', 'x'.repeat(4096))).toThrow(
      'setCookie(cart): browsers drop cookies of more than 4096 bytes',
    );
    expect(response.headers.has('set-cookie')).toBe(false);
  });

  test('gotcha 57: a status without a body has no response model, and what is returned with it is not sent', async () => {
    @Controller('/wrong')
    class Wrong {
      @Get('/', { status: 204 })
      wrong(): UserOut {
        return new Row(1, 'ann');
      }
    }
    await expect(new Vivace({ controllers: [Wrong] }).build()).rejects.toThrow('[RESPONSE_EMPTY]');
    @Controller()
    class Users {
      @Get('/nothing', { status: 204 })
      nothing(): void {}
      @Get('/changed')
      changed(reply: Reply): UserOut {
        reply.status = 304;
        return new Row(1, 'ann');
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const nothing = await client.get('/nothing');
    expect([nothing.status, nothing.text, nothing.headers.has('content-type')]).toEqual([
      204,
      '',
      false,
    ]);
    const changed = await client.get('/changed');
    expect([changed.status, changed.text]).toEqual([304, '']);
  });

  test('gotcha 58: NaN and Infinity are errors that say where they are, never null', async () => {
    class Mean {
      value!: number;
    }
    @Controller()
    class Numbers {
      @Get('/model')
      model(): Mean {
        return { value: 0 / 0 };
      }
      @Get('/free', { response: false })
      free() {
        return { rows: [{ mean: 1 / 0 }] };
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Numbers] }));
    await expect(client.get('/model')).rejects.toThrow('response.value: ');
    await expect(client.get('/free')).rejects.toThrow(
      'Infinity has no form in JSON (rows.0.mean).',
    );
  });

  test('gotcha 59: big integers, maps, sets, dates and bytes have a form in JSON; what contains itself is a named error', async () => {
    class Node {
      @Field() next: Node | null = null;
    }
    const loop = new Node();
    loop.next = loop;
    @Controller()
    class Values {
      @Get('/all', { response: false })
      all() {
        return {
          big: 2n ** 60n,
          map: new Map([['a', 1]]),
          set: new Set([1, 2]),
          date: new Date(0),
          bytes: Buffer.from('abc'),
        };
      }
      @Get('/loop')
      loop(): Node {
        return loop;
      }
      @Get('/free-loop', { response: false })
      freeLoop() {
        const list: unknown[] = [];
        list.push({ list });
        return list;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Values] }));
    expect((await client.get('/all')).text).toBe(
      '{"big":1152921504606846976,"map":{"a":1},"set":[1,2],"date":"1970-01-01T00:00:00+00:00","bytes":"YWJj"}',
    );
    await expect(client.get('/loop')).rejects.toThrow('contains itself');
    await expect(client.get('/free-loop')).rejects.toThrow(
      'Array contains itself, so it has no form in JSON (0.list).',
    );
  });
});
