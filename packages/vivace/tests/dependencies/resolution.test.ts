import { MinLength } from 'class-validator';
import {
  BackgroundTasks,
  Body,
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Query,
  Reply,
  Request,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
  int,
  provide,
  type Provided,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { override, testClient } from 'vivace/testing';

/** A dependency that notes each call. */
function counted(name: string, log: string[]) {
  return dependency(() => {
    log.push(name);
    return log.length;
  });
}

describe('a dependency', () => {
  it('has typed inputs of its own, checked and documented like those of a handler', async () => {
    const page = dependency(
      { skip: Query(int, { default: 0, ge: 0 }), trace: Header(String, { optional: true }) },
      (inputs) => inputs,
    );
    type Page = Provided<typeof page>;
    @Controller()
    class Items {
      @Get('/')
      list(@Depends(page) page: Page) {
        return page;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect(
      (await client.get('/', { params: { skip: 3 }, headers: { trace: 'a' } })).json(),
    ).toEqual({ skip: 3, trace: 'a' });
    expect((await client.get('/', { params: { skip: -1 } })).json()).toMatchObject({
      detail: [{ loc: ['query', 'skip'] }],
    });
    const operation = client.server.openapi().paths['/']!['get'] as {
      parameters: { name: string }[];
    };
    expect(operation.parameters.map(({ name }) => name)).toEqual(['skip', 'trace']);
  });

  it('may be a class with dependencies in its constructor, in layers', async () => {
    @Injectable({ lifetime: 'singleton' })
    class Database {
      readonly rows = ['violin', 'horn'];
    }
    @Injectable()
    class Repository {
      constructor(private readonly database: Database) {}
      all() {
        return this.database.rows;
      }
    }
    @Injectable()
    class Service {
      constructor(
        readonly repository: Repository,
        @Query() readonly limit: int = 10,
      ) {}
    }
    @Controller()
    class Items {
      constructor(private readonly service: Service) {}
      @Get('/')
      list() {
        return this.service.repository.all().slice(0, this.service.limit);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/?limit=1')).json()).toEqual(['violin']);
    expect((await client.get('/')).json()).toEqual(['violin', 'horn']);
  });

  it('runs once a request for all that need it, at any depth, and anew with cache: false or the lifetime call', async () => {
    const log: string[] = [];
    const base = counted('base', log);
    const left = dependency({ base }, ({ base }) => base);
    const right = dependency(
      { base, again: Depends(base, { cache: false }) },
      ({ base, again }) => [base, again],
    );
    const always = dependency(() => log.push('always'), { lifetime: 'call' });
    @Controller()
    class Items {
      @Get('/')
      read(
        @Depends(left) left: number,
        @Depends(right) right: number[],
        @Depends(always) a: number,
        @Depends(always) b: number,
      ) {
        return [left, right, a, b];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/')).json()).toEqual([1, [1, 2], 3, 4]);
    expect(log).toEqual(['base', 'base', 'always', 'always']);
  });

  it('made by a factory is one for each call of the factory', async () => {
    const role = (name: string) =>
      dependency({ request: Request }, ({ request }) => request.headers.get('role') === name);
    const [admin, guest] = [role('admin'), role('guest')];
    @Controller()
    class Items {
      @Get('/')
      read(@Depends(admin) admin: boolean, @Depends(guest) guest: boolean) {
        return { admin, guest };
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/', { headers: { role: 'admin' } })).json()).toEqual({
      admin: true,
      guest: false,
    });
  });

  it('kept as a decorator is used again and again', async () => {
    const user = dependency({ name: Query(String) }, ({ name }) => name);
    const CurrentUser = Depends(user);
    @Controller()
    class Items {
      @Get('/a')
      a(@CurrentUser user: string) {
        return user;
      }
      @Get('/b')
      b(@CurrentUser user: string) {
        return user;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/a?name=ann')).json()).toBe('ann');
    expect((await client.get('/b?name=bob')).json()).toBe('bob');
  });

  it('of application, inclusion, controller and operation run in that order, before those of parameters', async () => {
    const log: string[] = [];
    const [app, included, controller, operation, parameter] = [
      'app',
      'include',
      'controller',
      'operation',
      'parameter',
    ].map((name) => counted(name, log));
    @Controller('', { dependencies: [controller!] })
    class Items {
      @Get('/', { dependencies: [operation!] })
      read(@Depends(parameter!) count: number) {
        return count;
      }
    }
    await using client = await testClient(
      new Vivace({ dependencies: [app!] }).include(Items, { dependencies: [included!] }),
    );
    expect((await client.get('/')).json()).toBe(5);
    expect(log).toEqual(['app', 'include', 'controller', 'operation', 'parameter']);
  });

  it('gets the parts of a request by their class', async () => {
    const note = dependency(
      { request: Request, reply: Reply, tasks: BackgroundTasks, signal: AbortSignal as never },
      (parts) => {
        parts.reply.headers.set('x-path', parts.request.path);
        parts.reply.status = 202;
        return parts.tasks instanceof BackgroundTasks;
      },
    );
    @Controller()
    class Items {
      @Get('/here')
      read(@Depends(note) tasks: boolean) {
        return tasks;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    const response = await client.get('/here');
    expect([response.status, response.headers.get('x-path'), response.json()]).toEqual([
      202,
      '/here',
      true,
    ]);
  });
});

describe('the phases of a request', () => {
  class Item {
    @MinLength(2) name!: string;
  }
  const bearer = new HTTPBearer();
  const log: string[] = [];
  const guard = dependency({ bearer, required: SecurityScopes }, ({ bearer, required }) => {
    log.push(`guard ${required}`);
    if (bearer.credentials !== 'good') throw new HTTPException(403);
    return bearer.credentials;
  });
  const needsQuery = dependency({ size: Query(int) }, () => log.push('needs a query'));
  const plain = dependency(() => log.push('plain'));
  @Injectable()
  class Work {
    constructor() {
      log.push('constructor');
    }
  }
  @Controller()
  class Items {
    constructor(readonly work: Work) {}
    @Post('/:item_id')
    add(
      item_id: int,
      @Body() item: Item,
      @Depends(needsQuery) _a: unknown,
      @Depends(plain) _b: unknown,
      @Security(guard, ['items']) user: string,
    ) {
      log.push('handler');
      return { item_id, item, user };
    }
  }
  const app = new Vivace({ controllers: [Items] });
  const headers = { authorization: 'Bearer good' };
  beforeEach(() => void log.splice(0));

  it('begin with guards, which answer before the body is read', async () => {
    await using client = await testClient(app);
    expect((await client.post('/1', { body: '{"broken' })).status).toBe(401);
    expect(
      (await client.post('/1', { body: '{"broken', headers: { authorization: 'Bearer bad' } }))
        .status,
    ).toBe(403);
    expect(log).toEqual(['guard items']);
  });

  it('read the body then; malformed JSON is answered alone', async () => {
    await using client = await testClient(app);
    const response = await client.post('/x', {
      body: '{"broken',
      headers: { ...headers, 'content-type': 'application/json' },
    });
    expect(response.json<{ detail: { type: string }[] }>().detail.map(({ type }) => type)).toEqual([
      'json_invalid',
    ]);
    expect(log).toEqual(['guard items']);
  });

  it('collect the issues of all inputs, skip what cannot be called, and construct nothing for an invalid request', async () => {
    await using client = await testClient(app);
    const response = await client.post('/x', { json: { name: 'a' }, headers });
    const issues = response.json<{ detail: { loc: unknown[] }[] }>().detail.map(({ loc }) => loc);
    expect(issues).toEqual([
      ['query', 'size'],
      ['path', 'item_id'],
      ['body', 'name'],
    ]);
    expect(log).toEqual(['guard items', 'plain']);
  });

  it('end with constructors and the handler', async () => {
    await using client = await testClient(app);
    const response = await client.post('/7', {
      json: { name: 'ab' },
      params: { size: 1 },
      headers,
    });
    expect(response.json()).toEqual({ item_id: 7, item: { name: 'ab' }, user: 'good' });
    expect(log).toEqual(['guard items', 'needs a query', 'plain', 'constructor', 'handler']);
  });
});

describe('provide', () => {
  abstract class Mailer {
    abstract readonly name: string;
  }
  @Injectable()
  class Smtp extends Mailer {
    readonly name: string = 'smtp';
  }
  @Controller()
  class Mail {
    constructor(private readonly mailer: Mailer) {}
    @Get('/')
    read() {
      return this.mailer.name;
    }
  }

  it('says which class, dependency or function stands for an abstract class', async () => {
    for (const by of [Smtp, dependency(() => new Smtp()), () => new Smtp()]) {
      await using client = await testClient(
        new Vivace({ controllers: [Mail], provide: [provide(Mailer, by)] }),
      );
      expect((await client.get('/')).json()).toBe('smtp');
    }
  });

  it('gives way to an override of what it names, or of what it gives', async () => {
    const app = new Vivace({ controllers: [Mail], provide: [provide(Mailer, Smtp)] });
    class Fake extends Smtp {
      override readonly name = 'fake';
    }
    for (const target of [Mailer, Smtp]) {
      await using client = await testClient(app, {
        overrides: [override(target, () => new Fake())],
      });
      expect((await client.get('/')).json()).toBe('fake');
    }
    await using client = await testClient(app);
    expect((await client.get('/')).json()).toBe('smtp');
  });
});
