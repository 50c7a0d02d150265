import {
  Controller,
  Delete,
  Get,
  Injectable,
  Patch,
  Path,
  Post,
  Put,
  Route,
  Vivace,
  uuid,
  type date,
  type int,
} from 'vivace';
import { HTMLResponse, JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

describe('methods', () => {
  @Controller('/items')
  class Items {
    @Get()
    list() {
      return 'GET';
    }
    @Post('', { status: 201 })
    add() {
      return 'POST';
    }
    @Put()
    replace() {
      return 'PUT';
    }
    @Patch()
    change() {
      return 'PATCH';
    }
    @Delete('', { status: 204 })
    remove(): void {}
    @Route(['OPTIONS', 'TRACE'])
    others() {
      return 'OPTIONS';
    }
  }

  it('have a decorator each, and one for several at once', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    for (const [method, status] of [
      ['GET', 200],
      ['POST', 201],
      ['PUT', 200],
      ['PATCH', 200],
      ['OPTIONS', 200],
    ] as const) {
      const response = await client.request(method, '/items');
      expect([response.status, response.json()]).toEqual([status, method]);
    }
    const gone = await client.delete('/items');
    expect([gone.status, gone.text, gone.headers.get('content-type')]).toEqual([204, '', null]);
  });

  it('are answered 404 and 405 where there is nothing', async () => {
    @Controller('/only')
    class Only {
      @Get('/get')
      get() {
        return 1;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Only] }));
    const missing = await client.get('/nothing');
    expect([missing.status, missing.json()]).toEqual([404, { detail: 'Not Found' }]);
    const wrong = await client.post('/only/get');
    expect([wrong.status, wrong.json(), wrong.headers.get('allow')]).toEqual([
      405,
      { detail: 'Method Not Allowed' },
      'GET, HEAD',
    ]);
  });
});

describe('a path', () => {
  enum Color {
    Red = 'red',
    Blue = 'blue',
  }
  @Controller('/things')
  class Things {
    @Get('/int/:value')
    int(value: int) {
      return value;
    }
    @Get('/number/:value')
    number(value: number) {
      return value;
    }
    @Get('/boolean/:value')
    boolean(value: boolean) {
      return value;
    }
    @Get('/uuid/:value')
    uuid(value: uuid) {
      return value;
    }
    @Get('/date/:value')
    date(value: date) {
      return value;
    }
    @Get('/instant/:value')
    instant(value: Date) {
      return value;
    }
    @Get('/enum/:value')
    enum(value: Color) {
      return value;
    }
    @Get('/literal/:value')
    literal(value: 'asc' | 'desc') {
      return value;
    }
    @Get('/bounded/:value')
    bounded(@Path({ ge: 1, lt: 10, title: 'A digit' }) value: int) {
      return value;
    }
    @Get('/only-digits/:value(^\\d+$)')
    digits(value: string) {
      return value;
    }
    @Get('/files/*rest')
    rest(rest: string) {
      return rest;
    }
    @Get('/:b/then/:a')
    order(a: string, b: string) {
      return { a, b };
    }
  }
  const app = new Vivace({ controllers: [Things] });

  it.each([
    ['int/3', 3],
    ['int/3.0', 3],
    ['int/-3', -3],
    ['number/.5', 0.5],
    ['boolean/on', true],
    ['boolean/No', false],
    ['uuid/7f9c24e8-3b12-4fef-91e0-1d2a8a3a1b2c', '7f9c24e8-3b12-4fef-91e0-1d2a8a3a1b2c'],
    ['date/2026-11-25', '2026-11-25'],
    ['instant/2026-11-25T01:02:03Z', '2026-11-25T01:02:03Z'],
    ['enum/red', 'red'],
    ['literal/asc', 'asc'],
    ['bounded/9', 9],
    ['only-digits/12', '12'],
    ['files/a/b/c.txt', 'a/b/c.txt'],
    ['files/', ''],
    ['x%20y/then/%C3%A9', { a: 'é', b: 'x y' }],
  ])('gives %s as %j', async (path, expected) => {
    await using client = await testClient(app);
    const response = await client.get(`/things/${path}`);
    expect([response.status, response.json()]).toEqual([200, expected]);
  });

  it.each([
    ['int/abc', 'int_parsing'],
    ['int/4.2', 'int_parsing'],
    ['int/1_000', 'int_parsing'],
    ['int/9007199254740993', 'int_parsing_size'],
    ['number/inf', 'finite_number'],
    ['boolean/maybe', 'bool_parsing'],
    ['uuid/x', 'uuid_parsing'],
    ['date/2026-13-01', 'date_from_datetime_parsing'],
    ['enum/green', 'enum'],
    ['literal/up', 'literal_error'],
    ['bounded/10', 'less_than'],
  ])('refuses %s as %s', async (path, type) => {
    await using client = await testClient(app);
    const response = await client.get(`/things/${path}`);
    expect(response.status).toBe(422);
    expect(response.json<{ detail: unknown }>().detail).toMatchObject([
      { type, loc: ['path', 'value'] },
    ]);
  });

  it('that a pattern does not fit is not found', async () => {
    await using client = await testClient(app);
    expect((await client.get('/things/only-digits/x1')).status).toBe(404);
  });
});

describe('controllers', () => {
  @Injectable()
  class Clock {
    now() {
      return 'noon';
    }
  }
  @Controller('/clock', { tags: ['time'] })
  class ClockController {
    constructor(private readonly clock: Clock) {}
    @Get('/')
    read() {
      return this.clock.now();
    }
  }
  @Controller('/v1', { controllers: [ClockController], tags: ['v1'] })
  class First {
    @Get('/own')
    own() {
      return 'own';
    }
  }

  it('stand below others, and may be included again under another prefix, with more tags', async () => {
    const app = new Vivace({ controllers: [First] }).include(ClockController, {
      prefix: '/latest',
      tags: ['latest'],
      deprecated: true,
    });
    await using client = await testClient(app);
    for (const path of ['/v1/clock/', '/latest/clock/'])
      expect((await client.get(path)).json()).toBe('noon');
    const { paths } = client.server.openapi();
    expect(paths['/v1/clock/']!['get']).toMatchObject({
      tags: ['v1', 'time'],
      operationId: 'read_v1_clock__get',
    });
    expect(paths['/latest/clock/']!['get']).toMatchObject({
      tags: ['latest', 'time'],
      deprecated: true,
    });
  });

  it('inherit operations, and replace them by name', async () => {
    abstract class Readable {
      @Get('/')
      read(): string {
        return `all of ${this.constructor.name}`;
      }
      @Get('/count')
      count() {
        return 0;
      }
    }
    @Controller('/books')
    class Books extends Readable {
      @Get('/count')
      override count() {
        return 7;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Books] }));
    expect((await client.get('/books/')).json()).toBe('all of Books');
    expect((await client.get('/books/count')).json()).toBe(7);
  });

  it('are included on a condition, and their methods can be called without a server', async () => {
    const build = (enabled: boolean) => new Vivace().include(enabled ? [ClockController] : []);
    await using on = await testClient(build(true));
    await using off = await testClient(build(false));
    expect([(await on.get('/clock/')).status, (await off.get('/clock/')).status]).toEqual([
      200, 404,
    ]);
    expect(new ClockController(new Clock()).read()).toBe('noon');
  });
});

describe('what a handler returns', () => {
  @Controller()
  class Values {
    @Get('/object')
    object() {
      return { a: 1 };
    }
    @Get('/list')
    list() {
      return [1, 'two', null];
    }
    @Get('/text')
    text() {
      return 'text';
    }
    @Get('/nothing')
    nothing() {}
    @Get('/date')
    date() {
      return new Date(0);
    }
    @Get('/map')
    map() {
      return new Map([['a', new Set([1])]]);
    }
    @Get('/response')
    response() {
      return new HTMLResponse('<p>');
    }
    @Get('/promise')
    async promise() {
      return new JSONResponse({ b: 2 }, { status: 202 });
    }
  }

  it.each([
    ['object', 200, 'application/json', '{"a":1}'],
    ['list', 200, 'application/json', '[1,"two",null]'],
    ['text', 200, 'application/json', '"text"'],
    ['nothing', 200, 'application/json', 'null'],
    ['date', 200, 'application/json', '"1970-01-01T00:00:00Z"'],
    ['map', 200, 'application/json', '{"a":[1]}'],
    ['response', 200, 'text/html; charset=utf-8', '<p>'],
    ['promise', 202, 'application/json', '{"b":2}'],
  ])('%s', async (path, status, type, text) => {
    await using client = await testClient(new Vivace({ controllers: [Values] }));
    const response = await client.get(`/${path}`);
    expect([response.status, response.headers.get('content-type'), response.text]).toEqual([
      status,
      type,
      text,
    ]);
  });
});
