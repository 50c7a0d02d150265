import {
  Validate,
  ValidatorConstraint,
  registerDecorator,
  useContainer,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import {
  Body,
  Controller,
  Depends,
  Form,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Query,
  Request,
  Vivace,
  WebSocket,
  WebSocketDisconnect,
  WebSocketRoute,
  dependency,
  on,
  parse,
  provide,
  type int,
  type VivaceOptions,
} from 'vivace';
import { override, testClient } from 'vivace/testing';
import { JSONResponse, type Response } from 'vivace/responses';
import { Log } from './reliability/wire';

const opened: string[] = [];
const connection = dependency(function* () {
  opened.push('open');
  try {
    yield { names: ['bob'] };
  } finally {
    opened.push('close');
  }
});

@Injectable()
class Users {
  constructor(@Depends(connection) private readonly db: { names: string[] }) {}
  has(name: string): boolean {
    return this.db.names.includes(name);
  }
}

@ValidatorConstraint()
@Injectable()
class IsFree implements ValidatorConstraintInterface {
  constructor(private readonly users: Users) {}
  validate(name: string) {
    return !this.users.has(name);
  }
  defaultMessage(args?: ValidationArguments) {
    return `${args?.value} is taken, says ${this.users.constructor.name}`;
  }
}
/** Nothing but its constructor says that the container is to make it. */
@ValidatorConstraint({ async: true })
class IsFreeLater implements ValidatorConstraintInterface {
  constructor(private readonly users: Users) {}
  async validate(name: string) {
    return !this.users.has(name);
  }
}
const Free = () => (target: object, propertyName: string) =>
  registerDecorator({ target: target.constructor, propertyName, validator: IsFree });

class SignUp {
  @Validate(IsFree) name!: string;
}
class LaterSignUp {
  @Validate(IsFreeLater) name!: string;
}
class Team {
  @Validate(IsFree, { each: true }) names!: string[];
}
class Registered {
  @Free() name!: string;
}
class Grouped {
  @Validate(IsFree, { groups: ['create'] }) name!: string;
}
class Nested {
  inner!: SignUp;
}

@Controller('/users')
class UserRoutes {
  @Post('/body')
  body(@Body() it: SignUp): SignUp {
    return it;
  }
  @Post('/later')
  later(@Body() it: LaterSignUp): LaterSignUp {
    return it;
  }
  @Post('/team')
  team(@Body() it: Team): Team {
    return it;
  }
  @Post('/registered')
  registered(@Body() it: Registered): Registered {
    return it;
  }
  @Post('/grouped')
  grouped(@Body({ groups: ['create'] }) it: Grouped): Grouped {
    return it;
  }
  @Post('/nested')
  nested(@Body() it: Nested): Nested {
    return it;
  }
  @Post('/list')
  list(@Body() it: SignUp[]): SignUp[] {
    return it;
  }
  @Post('/query')
  query(@Query() it: SignUp): SignUp {
    return it;
  }
  @Post('/form')
  form(@Form() it: SignUp): SignUp {
    return it;
  }
  @Get('/answer/:name')
  answer(name: string): SignUp {
    return { name };
  }
  @WebSocketRoute('/socket')
  async socket(socket: WebSocket): Promise<void> {
    for await (const { name } of socket.messages(SignUp)) await socket.send(name);
  }
}

const app = (options: VivaceOptions = {}) => new Vivace({ controllers: [UserRoutes], ...options });
const detail = (answer: { json(): unknown }) =>
  (answer.json() as { detail: { loc: unknown[]; msg: string }[] }).detail;

beforeEach(() => {
  opened.length = 0;
});

describe('a constraint class whose constructor asks for a service', () => {
  const one = (name: string) => ({ name });
  it.each<
    [string, (name: string) => { path: string; json?: unknown; form?: Record<string, string> }]
  >([
    ['a body', (name) => ({ path: '/body', json: one(name) })],
    ['a body, asynchronously', (name) => ({ path: '/later', json: one(name) })],
    ['each item', (name) => ({ path: '/team', json: { names: ['ann', name] } })],
    ['a decorator of its own', (name) => ({ path: '/registered', json: one(name) })],
    ['a group', (name) => ({ path: '/grouped', json: one(name) })],
    ['an object inside', (name) => ({ path: '/nested', json: { inner: one(name) } })],
    ['a list', (name) => ({ path: '/list', json: [one(name)] })],
    ['a query', (name) => ({ path: `/query?name=${name}` })],
    ['a form', (name) => ({ path: '/form', form: one(name) })],
  ])('gets it for %s', async (_, requestOf) => {
    await using client = await testClient(app());
    for (const [name, status] of [
      ['ann', 200],
      ['bob', 422],
    ] as const) {
      const { path, ...sent } = requestOf(name);
      const answer = await client.post(`/users${path}`, sent);
      expect([name, answer.status]).toEqual([name, status]);
      expect(opened).toEqual(['open', 'close']);
      opened.length = 0;
    }
  });

  it('has its own words, which see the service too', async () => {
    await using client = await testClient(app());
    const answer = await client.post('/users/body', { json: { name: 'bob' } });
    expect(detail(answer).map(({ loc, msg }) => [loc, msg])).toEqual([
      [['body', 'name'], 'Value error, bob is taken, says Users'],
    ]);
  });

  it('gets it for an answer that is a plain object', async () => {
    await using client = await testClient(app(), { raiseErrors: false });
    expect((await client.get('/users/answer/ann')).status).toBe(200);
    expect((await client.get('/users/answer/bob')).status).toBe(500);
  });

  it('gets it for the messages of a WebSocket, once for all of them', async () => {
    await using client = await testClient(app());
    await using socket = await client.websocket('/users/socket');
    for (const name of ['ann', 'eve']) {
      await socket.sendJson({ name });
      expect(await socket.receive()).toBe(name);
    }
    await socket.sendJson({ name: 'bob' });
    await expect(socket.receive()).rejects.toThrow(WebSocketDisconnect);
    await socket.close().catch(() => {});
    expect(opened).toEqual(['open', 'close']);
  });

  it('shares with the handler what lives for the request', async () => {
    @Controller()
    class Shared {
      constructor(private readonly users: Users) {}
      @Post('/')
      add(@Body() it: SignUp): boolean {
        return this.users.has(it.name);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Shared] }));
    await client.post('/', { json: { name: 'ann' } });
    expect(opened).toEqual(['open', 'close']);
  });

  it('is overridden and provided for as every class is', async () => {
    class Nobody extends Users {
      override has(): boolean {
        return false;
      }
    }
    for (const overrides of [
      [override(Users, () => new Nobody({ names: [] }))],
      [override(IsFree, () => ({ validate: () => true, defaultMessage: () => '' }))],
    ]) {
      await using client = await testClient(app(), { overrides });
      expect((await client.post('/users/body', { json: { name: 'bob' } })).status).toBe(200);
    }
    abstract class Names {
      abstract has(name: string): boolean;
    }
    @ValidatorConstraint()
    class IsNew {
      constructor(private readonly names: Names) {}
      validate(name: string) {
        return !this.names.has(name);
      }
    }
    class Item {
      @Validate(IsNew) name!: string;
    }
    @Controller()
    class Items {
      @Post('/')
      add(@Body() it: Item): Item {
        return it;
      }
    }
    @Injectable({ lifetime: 'singleton' })
    class Fixed extends Names {
      has(name: string): boolean {
        return name === 'bob';
      }
    }
    const provided = new Vivace({ controllers: [Items], provide: [provide(Names, Fixed)] });
    await using client = await testClient(provided);
    expect((await client.post('/', { json: { name: 'bob' } })).status).toBe(422);
    expect((await client.post('/', { json: { name: 'ann' } })).status).toBe(200);
  });

  it('may read the request, whose misfits are issues beside the others', async () => {
    @ValidatorConstraint()
    @Injectable()
    class IsBelow {
      constructor(@Header() private readonly xLimit: int) {}
      validate(value: number) {
        return value < this.xLimit;
      }
    }
    class Amount {
      @Validate(IsBelow) n!: int;
      text!: string;
    }
    @Controller()
    class Amounts {
      @Post('/')
      add(@Body() it: Amount, @Query() q: int): number {
        return it.n + q;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Amounts] }));
    const json = { n: 5, text: 'x' };
    const answer = async (limit: string, q = '1') =>
      client.post(`/?q=${q}`, { json, headers: { 'x-limit': limit } });
    expect((await answer('9')).status).toBe(200);
    expect(detail(await answer('5')).map(({ loc }) => loc)).toEqual([['body', 'n']]);
    expect(detail(await answer('x', 'y')).map(({ loc }) => loc)).toEqual([
      ['header', 'x-limit'],
      ['query', 'q'],
    ]);
  });

  it('that fails is a fault of the program, logged with its own error', async () => {
    @ValidatorConstraint()
    @Injectable()
    class Broken {
      constructor(private readonly users: Users) {}
      validate() {
        return (this.users as never as { nothing: { here: boolean } }).nothing.here;
      }
    }
    class Item {
      @Validate(Broken) name!: string;
    }
    @Controller()
    class Items {
      @Post('/')
      add(@Body() it: Item): Item {
        return it;
      }
    }
    const log = new Log();
    await using client = await testClient(
      new Vivace({ controllers: [Items], logger: log.options }),
      { raiseErrors: false },
    );
    const answer = await client.post('/', { json: { name: 'bob' } });
    expect([answer.status, answer.text]).toEqual([500, '{"detail":"Internal Server Error"}']);
    expect(await log.line('Unhandled error')).toMatchObject({ err: { type: 'TypeError' } });
    expect(opened).toEqual(['open', 'close']);
  });

  it('cannot be made where there is no container', () => {
    expect(() => parse(SignUp, { name: 'ann' })).toThrow(/IsFree is made by the container/);
  });

  it('is made by the container of useContainer, where only that knows it', async () => {
    class Elsewhere {
      constructor(readonly taken: string) {}
      validate(name: string) {
        return name !== this.taken;
      }
    }
    ValidatorConstraint()(Elsewhere);
    class Item {
      @Validate(Elsewhere) name!: string;
    }
    @Controller()
    class Items {
      @Post('/')
      add(@Body() it: Item): Item {
        return it;
      }
    }
    const container = {
      get: (type: unknown) => (type === Elsewhere ? new Elsewhere('bob') : null),
    };
    useContainer(container as never, { fallback: true });
    try {
      await using client = await testClient(new Vivace({ controllers: [Items] }));
      expect((await client.post('/', { json: { name: 'bob' } })).status).toBe(422);
      expect((await client.post('/', { json: { name: 'ann' } })).status).toBe(200);
      expect(parse(Item, { name: 'ann' })).toEqual({ name: 'ann' });
    } finally {
      useContainer({ get: () => null } as never, { fallback: true });
    }
  });
});

describe('a class that answers errors', () => {
  class SoldOut extends Error {}

  @Injectable()
  class SoldOutHandler {
    constructor(
      private readonly users: Users,
      private readonly request: Request,
    ) {}
    handle(error: SoldOut): Response {
      const { path } = this.request;
      return new JSONResponse(
        { said: error.message, path, bob: this.users.has('bob') },
        { status: 409 },
      );
    }
  }
  @Injectable()
  class NotFoundHandler {
    constructor(private readonly users: Users) {}
    async handle(_: HTTPException, __: Request, next: () => Promise<Response>): Promise<Response> {
      const response = await next();
      response.headers.set('x-bob', String(this.users.has('bob')));
      return response;
    }
  }
  @Injectable()
  class FailingHandler {
    constructor(private readonly users: Users) {}
    handle(): Response {
      throw new TypeError(`the handler fails ${this.users.has('bob')}`);
    }
  }
  @Controller('/tickets')
  class Tickets {
    @Get('/sold')
    sold(): void {
      throw new SoldOut('none left');
    }
    @Get('/broken', { exceptions: [on(RangeError, FailingHandler)] })
    broken(): void {
      throw new RangeError('x');
    }
    @WebSocketRoute('/socket')
    async socket(socket: WebSocket): Promise<void> {
      await socket.accept();
      throw new SoldOut('none left');
    }
  }
  const tickets = () =>
    new Vivace({
      controllers: [Tickets],
      exceptions: [on(SoldOut, SoldOutHandler), on(404, NotFoundHandler)],
    });

  it('is made with its services for the error, and they are closed with its answer', async () => {
    await using client = await testClient(tickets());
    const answer = await client.get('/tickets/sold');
    expect([answer.status, answer.json()]).toEqual([
      409,
      { said: 'none left', path: '/tickets/sold', bob: true },
    ]);
    expect(opened).toEqual(['open', 'close']);
  });

  it('answers what the framework refuses, and sees what there would be without it', async () => {
    await using client = await testClient(tickets());
    const answer = await client.get('/nowhere');
    expect([answer.status, answer.headers.get('x-bob')]).toEqual([404, 'true']);
    expect(opened).toEqual(['open', 'close']);
  });

  it('answers errors of WebSockets', async () => {
    await using client = await testClient(tickets());
    await using socket = await client.websocket('/tickets/socket');
    await expect(socket.receive()).rejects.toMatchObject({ code: 1008 });
  });

  it('that fails is answered 500, and what it needed is closed', async () => {
    await using client = await testClient(tickets(), { raiseErrors: false });
    expect((await client.get('/tickets/broken')).status).toBe(500);
    expect(opened).toEqual(['open', 'close']);
  });

  it('is overridden as every class is', async () => {
    const overrides = [
      override(SoldOutHandler, () => ({ handle: () => new JSONResponse('mine') }) as never),
    ];
    await using client = await testClient(tickets(), { overrides });
    expect((await client.get('/tickets/sold')).json()).toBe('mine');
  });
});
