import { Exclude } from 'class-transformer';
import {
  Controller,
  Get,
  HTTPException,
  Model,
  Post,
  Reply,
  Vivace,
  on,
  type Middleware,
  type int,
} from 'vivace';
import {
  HTMLResponse,
  JSONResponse,
  PlainTextResponse,
  RedirectResponse,
  Response,
} from 'vivace/responses';
import * as status from 'vivace/status';
import { testClient } from 'vivace/testing';

class Item {
  name!: string;
  description: string | null = null;
  price: number = 10.5;
}
interface Owner {
  name: string;
}
type Priced = { items: Item[] };
const pen = { name: 'pen', price: 2, secret: 'leak' };

describe('the response model', () => {
  @Controller()
  class Items {
    @Get('/written')
    written(): Item {
      return pen as never;
    }
    @Get('/option', { response: Item })
    option() {
      return pen as never as Item;
    }
    @Get('/none', { response: false })
    none(): Item {
      return pen as never;
    }
    @Get('/either')
    either(html: boolean = false): Item | HTMLResponse {
      return html ? new HTMLResponse('<h1>pen</h1>') : (pen as never);
    }
    @Get('/interface')
    owner(): Owner {
      return { name: 'ann', password: 'secret' } as Owner;
    }
    @Get('/alias')
    alias(): Priced {
      return { items: [pen as never] };
    }
    @Get('/some', { response: Item, include: ['name', 'price'], exclude: ['price'] })
    some() {
      return new Item();
    }
    @Get('/set', { excludeDefaults: true, excludeNone: true })
    set(): Item {
      return Object.assign(new Item(), { name: 'pen' });
    }
    @Get('/free')
    free() {
      return pen;
    }
  }
  const json = async (path: string): Promise<unknown> => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    return (await client.get(path)).json();
  };

  it('is the written return type or the option, with its defaults and nothing else', async () => {
    const item = { name: 'pen', description: null, price: 2 };
    expect(await json('/written')).toEqual(item);
    expect(await json('/option')).toEqual(item);
    expect(await json('/interface')).toEqual({ name: 'ann' });
    expect(await json('/alias')).toEqual({ items: [item] });
  });

  it('is not there where nothing is written, the option is false, or a response may be returned', async () => {
    for (const path of ['/free', '/none', '/either']) expect(await json(path)).toEqual(pen);
  });

  it('is written as the options of the operation say', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }), {
      raiseErrors: false,
    });
    expect((await client.get('/some')).status).toBe(500);
    expect(await json('/set')).toEqual({ name: 'pen' });
  });

  it('is documented, also where an object type has no class', async () => {
    const { paths, components } = await new Vivace({ controllers: [Items] }).openapi();
    expect(Object.keys(components?.schemas ?? {})).toEqual(
      expect.arrayContaining(['Item', 'Owner', 'Priced']),
    );
    expect(paths['/either']).toMatchObject({
      get: { responses: { 200: { content: { 'application/json': { schema: {} } } } } },
    });
  });
});

describe('the response class', () => {
  class Page extends HTMLResponse {
    protected override render(content: unknown): string {
      return `<main>${String(content)}</main>`;
    }
  }

  it('is that of the operation, else of the controller, else of the application', async () => {
    @Controller('/pages', { responseClass: Page })
    class Pages {
      @Get('/page')
      page() {
        return 'hello';
      }
      @Get('/away', { responseClass: RedirectResponse })
      away() {
        return '/pages/page';
      }
      @Get('/own')
      own(): JSONResponse {
        return new JSONResponse({ own: true });
      }
    }
    @Controller()
    class Texts {
      @Get('/text')
      text(reply: Reply) {
        reply.status = 418;
        return 'short and stout';
      }
    }
    const app = new Vivace({ controllers: [Pages, Texts], responseClass: PlainTextResponse });
    await using client = await testClient(app);
    const page = await client.get('/pages/away');
    expect([page.url, page.headers.get('content-type'), page.text]).toEqual([
      'http://testserver/pages/page',
      'text/html; charset=utf-8',
      '<main>hello</main>',
    ]);
    expect((await client.get('/pages/own')).json()).toEqual({ own: true });
    const text = await client.get('/text');
    expect([text.status, text.headers.get('content-type'), text.text]).toEqual([
      418,
      'text/plain; charset=utf-8',
      'short and stout',
    ]);
    const { paths } = client.server.openapi();
    expect(paths['/text']).toMatchObject({
      get: { responses: { 200: { content: { 'text/plain': { schema: { type: 'string' } } } } } },
    });
    expect(paths['/pages/away']).toMatchObject({
      get: { responses: { 307: { description: 'Successful Response' } } },
    });
    // A response as the return type is no model.
    expect(paths['/pages/own']).toMatchObject({
      get: { responses: { 200: { content: { 'text/html': { schema: { type: 'string' } } } } } },
    });
  });
});

describe('a response that a program gives to many requests', () => {
  it('keeps what belongs to one of them from the others', async () => {
    const welcome = new JSONResponse({ welcome: true });
    const refused = new JSONResponse({ refused: true }, { status: 403 });
    @Controller()
    class Doors {
      @Get('/')
      enter(reply: Reply, name: string): JSONResponse {
        reply.setCookie('visitor', name);
        return welcome;
      }
      @Get('/refused')
      refused(): void {
        throw new RangeError();
      }
    }
    const visits: Middleware = async (request, next) => {
      const response = await next();
      response.setCookie('visit', request.query.get('name') ?? '');
      return response;
    };
    const app = (middleware: Middleware[]) =>
      new Vivace({ controllers: [Doors], exceptions: [on(RangeError, () => refused)], middleware });
    for (const middleware of [[], [visits]]) {
      await using client = await testClient(app(middleware));
      for (const name of ['ann', 'bob']) {
        const { cookies, headers } = await client.get('/', { params: { name } });
        expect(Object.values(cookies)).toEqual([name, ...middleware.map(() => name)]);
        expect(headers.getSetCookie()).toHaveLength(1 + middleware.length);
      }
      const visits = ['ann', 'bob'].map(async (name) =>
        (await client.get('/refused', { params: { name } })).headers.getSetCookie(),
      );
      expect(await Promise.all(visits)).toEqual(
        ['ann', 'bob'].map((name) =>
          middleware.map(() => expect.stringContaining(`visit=${name};`)),
        ),
      );
    }
    // What middleware wrote into the object, which the first request had itself, is told nobody where none stands around.
    await using other = await testClient(app([]));
    for (const path of ['/refused', '/?name=eve'])
      expect((await other.get(path)).headers.getSetCookie().join()).not.toMatch(/visit=|ann|bob/);
  });

  it('says to each what it said first, whichever request it was kept from', async () => {
    @Controller()
    class Doors {
      @Get('/')
      enter(): string {
        return 'welcome';
      }
    }
    const visits: Middleware = async (request, next) => {
      const response = await next();
      response.setCookie('visit', request.query.get('name') ?? '');
      return response;
    };
    let kept: Response | undefined;
    const keep: Middleware = async (_, next) => (kept = await next());
    const again: Middleware = async (_, next) => kept ?? next();
    const middleware = [visits, keep, again];
    await using client = await testClient(new Vivace({ controllers: [Doors], middleware }));
    for (const name of ['ann', 'bob', 'eve']) {
      const answer = await client.get('/', { params: { name } });
      expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining(`visit=${name};`)]);
      expect([answer.headers.get('content-type'), answer.json()]).toEqual([
        'application/json',
        'welcome',
      ]);
    }
  });
});

describe('a status', () => {
  @Controller('/items')
  class Items {
    @Post('/', { status: status.HTTP_201_CREATED })
    create(name: string): Item | JSONResponse {
      return name === 'pen'
        ? new JSONResponse({ known: true }, { status: status.HTTP_208_ALREADY_REPORTED })
        : Object.assign(new Item(), { name });
    }
    @Get('/:id', {
      responses: {
        404: {
          response: Item,
          description: 'Not there',
          headers: { 'x-hint': { schema: { type: 'string' } } },
        },
        200: { content: { 'image/png': {} }, description: 'The item, or its picture' },
        '5XX': { description: 'Our mistake' },
        default: {},
      },
    })
    read(id: int): Item {
      throw new HTTPException(404, `no item ${id}`);
    }
    @Get('/')
    raw(): Response {
      return new Response(new Uint8Array([1, 2, 3]), {
        media: 'application/octet-stream',
        status: 203,
      });
    }
  }

  it('is that of the operation, or of the response that is returned', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.post('/items/', { params: { name: 'ink' } })).status).toBe(201);
    const known = await client.post('/items/', { params: { name: 'pen' } });
    expect([known.status, known.json()]).toEqual([208, { known: true }]);
    const raw = await client.get('/items/');
    expect([raw.status, raw.headers.get('content-length'), [...raw.body]]).toEqual([
      203,
      '3',
      [1, 2, 3],
    ]);
  });

  it('may have more than one answer in the document', async () => {
    const { paths } = await new Vivace({ controllers: [Items] }).openapi();
    const { responses } = paths['/items/{id}']!['get'] as {
      responses: Record<string, { content?: Record<string, unknown> }>;
    };
    expect(Object.keys(responses)).toEqual(['200', '404', '5XX', 'default']);
    expect(responses[200]).toEqual({
      description: 'The item, or its picture',
      content: {
        'image/png': {},
        'application/json': { schema: { $ref: '#/components/schemas/Item' } },
      },
    });
    expect(responses[404]).toMatchObject({
      description: 'Not there',
      headers: { 'x-hint': { schema: { type: 'string' } } },
    });
  });
});

describe('fields that are not declared', () => {
  @Model({ extra: 'allow' })
  class Free {
    name: string = '';
    @Exclude() secret?: string;
  }
  @Model({ extra: 'forbid' })
  class Strict {
    count: int = 0;
  }
  class Holder {
    free!: Free | int[];
  }
  const given = { name: 'a', secret: 's', extra: 'x' };
  @Controller()
  class Answers {
    @Get('/alone') alone(): Free {
      return given;
    }
    @Get('/union') union(): int[] | Free {
      return given;
    }
    @Get('/instance') instance(): int[] | Free {
      return Object.assign(new Free(), given);
    }
    @Get('/nested') nested(): { free: string | Free } {
      return { free: given };
    }
    @Get('/holder') holder(): Holder | boolean[] {
      return { free: given };
    }
    @Get('/strict') strict(): int[] | Strict {
      return { count: 1, extra: 'x' } as Strict;
    }
  }

  test.each([
    ['/alone', { name: 'a', extra: 'x' }],
    ['/union', { name: 'a', extra: 'x' }],
    ['/instance', { name: 'a', extra: 'x' }],
    ['/nested', { free: { name: 'a', extra: 'x' } }],
    ['/holder', { free: { name: 'a', extra: 'x' } }],
    ['/strict', { count: 1 }],
  ])('are in an answer where its class allows them: %s', async (path, expected) => {
    await using client = await testClient(new Vivace({ controllers: [Answers] }));
    expect((await client.get(path)).json()).toEqual(expected);
  });
});
