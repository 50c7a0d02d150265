import cluster from 'node:cluster';
import { Type } from 'class-transformer';
import { Min, MinLength } from 'class-validator';
import {
  Body,
  Controller,
  Depends,
  Field,
  Form,
  Get,
  Injectable,
  Model,
  Path,
  Post,
  Secret,
  provide,
  Query,
  Rooms,
  Route,
  Throws,
  Vivace,
  WebSocket,
  WebSocketRoute,
  on,
  dependency,
  int,
  parse,
  type Request as VivaceRequest,
  type VivaceOptions,
} from 'vivace';
import {
  cache,
  cors,
  idempotency,
  rateLimit,
  WebSession,
  sessions,
  trustedHosts,
} from 'vivace/middleware';
import { checkRoundTrip, declareEntry, placeholder } from 'vivace/extend';
import { JSONResponse } from 'vivace/responses';
import { APIKeyHeader, HTTPBasic, HTTPBearer } from 'vivace/security';
import { Settings } from 'vivace/settings';
import { override, testClient } from 'vivace/testing';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BootErrorCode } from '../../src/errors/codes';

type Mistake = () => unknown;
const untyped = (value: unknown): never => value as never;
const build = (controller: unknown, options: VivaceOptions = {}): Promise<unknown> =>
  new Vivace({ controllers: [untyped(controller)], ...options }).build();

class Item {
  name!: string;
}

class Mailer {}
const Consume =
  (name: string) =>
  (target: object, method: string): void =>
    declareEntry({ kind: 'event', target, method, options: { name } });

/** For each row of the table of errors a program that meets it, as a newcomer would write it. */
export const MISTAKES: Readonly<
  Record<
    Exclude<
      BootErrorCode,
      | 'TYPES_MISSING'
      | 'TYPES_STALE'
      | 'CLASS_NOT_LOADED'
      | 'CLASS_NOT_COMPILED'
      | 'SECOND_CLASS_TRANSFORMER'
    >,
    Mistake
  >
> = {
  PATH_BRACES() {
    @Controller('/items')
    class Items {
      @Get('/{item_id}')
      read(item_id: string) {
        return item_id;
      }
    }
    return build(Items);
  },
  PATH_EMPTY() {
    @Controller()
    class Items {
      @Get()
      list() {
        return [];
      }
    }
    return build(Items);
  },
  PATH_SLASH() {
    @Controller('items')
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  PATH_WILDCARD() {
    @Controller('/files')
    class Files {
      @Get('/*')
      read() {
        return '';
      }
    }
    return build(Files);
  },
  PATH_REPEATED() {
    @Controller('/users/:id')
    class Items {
      @Get('/items/:id')
      read(id: string) {
        return id;
      }
    }
    return build(Items);
  },
  PATH_SEPARATOR() {
    @Controller('/at')
    class Places {
      @Get('/:lat,:lon')
      read(lat: number, lon: number) {
        return [lat, lon];
      }
    }
    return build(Places);
  },
  PATH_UNKNOWN() {
    @Controller('/items')
    class Items {
      @Get('/:item_id')
      read(@Path() itemId: string) {
        return itemId;
      }
    }
    return build(Items);
  },
  PATH_UNREAD() {
    @Controller('/items')
    class Items {
      @Get('/:item_id')
      read(itemId: string) {
        return itemId;
      }
    }
    return build(Items);
  },
  PATH_DEFAULT() {
    @Controller('/items')
    class Items {
      @Get('/:item_id')
      read(item_id: string = 'first') {
        return item_id;
      }
    }
    return build(Items);
  },
  CONTROLLER_VALUE() {
    return build(undefined);
  },
  CONTROLLER_MISSING() {
    class Items {
      @Get('/items')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  CONTROLLER_CYCLE() {
    const inner: never[] = [];
    @Controller('/items', { controllers: inner })
    class Items {}
    inner.push(untyped(Items));
    return build(Items);
  },
  ROUTE_DUPLICATE() {
    @Controller('/items')
    class Items {
      @Get('/:id')
      read(id: string) {
        return id;
      }
      @Get('/:item_id')
      show(item_id: string) {
        return item_id;
      }
    }
    return build(Items);
  },
  OPERATION_ID() {
    @Controller('/items')
    class Items {
      @Get('/', { operationId: 'items' })
      list() {
        return [];
      }
      @Post('/', { operationId: 'items' })
      add() {
        return {};
      }
    }
    return build(Items);
  },
  PARAMETER_TYPE() {
    @Controller('/items')
    class Items {
      @Post('/')
      add(item: unknown) {
        return item;
      }
    }
    return build(Items);
  },
  PARAMETER_NAME() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Query(String) q: string) {
        return q;
      }
    }
    return build(Items, { types: 'decorators' });
  },
  PARAMETER_DESTRUCTURED() {
    @Controller('/items')
    class Items {
      @Post('/')
      add({ name }: Item) {
        return name;
      }
    }
    return build(Items);
  },
  PARAMETER_REST() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(...tags: string[]) {
        return tags;
      }
    }
    return build(Items);
  },
  PARAMETER_MARKS() {
    @Controller('/items')
    class Items {
      @Post('/')
      add(@Query() @Body() name: string) {
        return name;
      }
    }
    return build(Items);
  },
  PARAMETER_DEFAULTS() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Query({ default: 10 }) limit: int = 20) {
        return limit;
      }
    }
    return build(Items);
  },
  PARAMETER_UNMARKED() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(q: string) {
        return q;
      }
    }
    return build(Items, { types: 'decorators' });
  },
  ENTRY_TYPE() {
    const page = dependency({ skip: Query({ default: 0 }) }, ({ skip }) => skip);
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Depends(page) skip: unknown) {
        return skip;
      }
    }
    return build(Items);
  },
  INPUT_TYPE() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Query() items: Item[]) {
        return items;
      }
    }
    return build(Items);
  },
  GLOBAL_TYPE() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(request: Request) {
        return request.url;
      }
    }
    return build(Items);
  },
  FOREIGN_TYPE() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(request: FastifyRequest) {
        return request.url;
      }
    }
    return build(Items);
  },
  RESPONSE_PARAMETER() {
    @Controller('/items')
    class Items {
      @Get('/')
      list(response: JSONResponse) {
        return response;
      }
    }
    return build(Items);
  },
  CONTEXT_ABSENT() {
    @Controller('/items')
    class Items {
      @WebSocketRoute('/feed')
      feed(request: VivaceRequest): void {
        void request;
      }
    }
    return build(Items);
  },
  BODY_INFERRED() {
    @Controller('/items')
    class Items {
      @Get('/')
      search(item: Item) {
        return item;
      }
    }
    return build(Items);
  },
  BODY_MIXED() {
    @Controller('/items')
    class Items {
      @Post('/')
      add(item: Item, @Form() note: string) {
        return { item, note };
      }
    }
    return build(Items);
  },
  RESPONSE_EMPTY() {
    @Controller('/items')
    class Items {
      @Route('DELETE', '/:id', { status: 204 })
      remove(id: string): Item {
        return { name: id };
      }
    }
    return build(Items);
  },
  EXCEPTION_TWICE() {
    class NotFound extends Error {}
    @Controller('/items', {
      exceptions: [
        on(NotFound, () => new JSONResponse({ detail: 'no such item' }, { status: 404 })),
        on(NotFound, () => new JSONResponse({ detail: 'gone' }, { status: 410 })),
      ],
    })
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  NOT_A_DEPENDENCY() {
    const currentUser = (): string => 'ann';
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Depends(untyped(currentUser)) user: string) {
        return user;
      }
    }
    return build(Items);
  },
  DEPENDENCY_CYCLE() {
    @Injectable()
    class Chicken {
      constructor(readonly egg: Egg) {}
    }
    @Injectable()
    class Egg {
      constructor(readonly chicken: Chicken) {}
    }
    @Controller('/items')
    class Items {
      constructor(readonly chicken: Chicken) {}
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  CAPTIVE_DEPENDENCY() {
    @Injectable()
    class Session {}
    @Injectable({ lifetime: 'singleton' })
    class Cache {
      constructor(readonly session: Session) {}
    }
    @Controller('/items')
    class Items {
      constructor(readonly cache: Cache) {}
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  EXIT_SCOPE() {
    const session = dependency(function* () {
      yield 'session';
    });
    const audit = dependency(
      { session },
      function* ({ session }) {
        yield session;
      },
      { scope: 'request' },
    );
    @Controller('/items', { dependencies: [audit] })
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  INJECTABLE_MISSING() {
    class Mailer {
      constructor(readonly host: string) {}
    }
    @Controller('/items')
    class Items {
      @Post('/')
      add(mailer: Mailer) {
        return mailer.host;
      }
    }
    return build(Items);
  },
  ABSTRACT_CLASS() {
    @Injectable()
    abstract class Mailer {
      abstract send(): void;
    }
    @Controller('/items')
    class Items {
      constructor(readonly mailer: Mailer) {}
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  INTERFACE_INJECTED() {
    interface Mailer {
      send(): void;
      readonly host: string;
    }
    @Controller('/items')
    class Items {
      constructor(readonly mailer: Mailer) {}
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  CONSTRUCTOR_PARAMETER() {
    @Injectable()
    class RateLimiter {
      constructor(readonly limit: number) {}
    }
    @Controller('/items')
    class Items {
      constructor(readonly limiter: RateLimiter) {}
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  CONSTRUCTOR_UNKNOWN() {
    class Items {
      readonly mailer: unknown;
      constructor(mailer: unknown) {
        this.mailer = mailer;
      }
      list() {
        return [];
      }
    }
    Controller('/items')(Items);
    Get('/')(
      Items.prototype,
      'list',
      untyped(Object.getOwnPropertyDescriptor(Items.prototype, 'list')),
    );
    return build(Items, { types: 'decorators' });
  },
  PROVIDE_VALUE() {
    const mailer = dependency(() => 'mailer');
    @Controller('/items')
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items, {
      provide: [
        provide(
          untyped(mailer),
          untyped(() => 'other'),
        ),
      ],
    });
  },
  OVERRIDE_VALUE() {
    return new Vivace().build({ overrides: [untyped(new Map())] });
  },
  OVERRIDE_UNUSED() {
    const currentUser = dependency(() => 'ann');
    return new Vivace().build({ overrides: [override(currentUser, () => 'bob')] });
  },
  OVERRIDE_MISSING() {
    const database = dependency(() => 'rows');
    @Controller('/items', { dependencies: [database] })
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return testClient(new Vivace({ controllers: [Items] }), { forbidUnmocked: [database] });
  },
  STORE_IN_CLUSTER() {
    return new Vivace({ middleware: [rateLimit({ limit: 10, seconds: 60 })] }).build({
      workers: 2,
    });
  },
  async ROOMS_IN_CLUSTER() {
    @Controller('/chat')
    class Chat {
      @WebSocketRoute('/')
      async chat(socket: WebSocket, rooms: Rooms) {
        await rooms.join('lobby', socket);
      }
    }
    const worker = jest.replaceProperty(cluster, 'isWorker', true);
    try {
      return await build(Chat);
    } finally {
      worker.restore();
    }
  },
  SUBSTITUTE_VALUE() {
    const currentUser = dependency(() => 'ann');
    @Controller('/items', { dependencies: [currentUser] })
    class Items {
      @Get('/')
      list() {
        return [];
      }
    }
    return new Vivace({ controllers: [Items] }).build({
      overrides: [override(currentUser, untyped('bob'))],
    });
  },
  STARTUP_TIMEOUT() {
    const connect = (): Promise<string> => new Promise(() => {});
    return new Vivace({
      timeouts: { startup: 0.05 },
      lifespan: async function* () {
        yield await connect();
      },
    }).build();
  },
  EXTENSION_VALUE() {
    function redis() {
      return { name: 'redis' };
    }
    return new Vivace({ extensions: [redis] }).build();
  },
  EXTENSION_CONFLICT() {
    const mail = { name: 'mail', provide: [provide(Mailer, () => new Mailer())] };
    const post = { name: 'post', provide: [provide(Mailer, () => new Mailer())] };
    return new Vivace({ extensions: [mail, post] }).build();
  },
  EXTENSION_SINGLETON() {
    const session = dependency(() => 'session', { name: 'session' });
    return new Vivace({ extensions: [{ name: 'sql', singletons: [session] }] }).build();
  },
  ENTRY_MISSING() {
    class Billing {}
    return new Vivace({ extensions: [{ name: 'events', entries: [Billing] }] }).build();
  },
  ENTRY_METHOD() {
    class Billing {
      @Consume('orders')
      async *bill(order: Item) {
        yield order;
      }
    }
    return new Vivace({ extensions: [{ name: 'events', entries: [Billing] }] }).build();
  },
  ENTRY_PAYLOAD() {
    class Billing {
      @Consume('orders')
      bill(order: Item, urgent: boolean) {
        return urgent ? order : undefined;
      }
    }
    return new Vivace({ extensions: [{ name: 'events', entries: [Billing] }] }).build();
  },
  PLACEHOLDER_OUTSIDE() {
    const message = placeholder<string>('message');
    const handle = dependency({ message }, ({ message: text }) => text, { name: 'handle' });
    return new Vivace().run(handle);
  },
  NO_SUCH_ENTRY() {
    return new Vivace().listen({ only: ['Biling'] });
  },
  NOTHING_TO_DO() {
    return new Vivace().listen({ http: false });
  },
  LIFESPAN_VALUE() {
    return new Vivace({ lifespan: untyped(async () => 'connected') }).build();
  },
  UNSUPPORTED_TYPE() {
    class Page {
      address!: URL;
    }
    @Controller('/pages')
    class Pages {
      @Post('/')
      add(page: Page) {
        return page;
      }
    }
    return build(Pages);
  },
  RECURSIVE_ALIAS() {
    @Controller('/trees')
    class Trees {
      @Post('/')
      add(@Body() tree: Tree<string>) {
        return tree;
      }
    }
    return build(Trees);
  },
  DEFAULTS_THROW() {
    class Order {
      number: string = untyped(process.env['NO_SUCH_VARIABLE'] ?? refuse());
    }
    @Controller('/orders')
    class Orders {
      @Post('/')
      add(order: Order) {
        return order;
      }
    }
    return build(Orders);
  },
  NOT_A_TYPE() {
    return parse(untyped({ a: 1 }), {});
  },
  ONE_WAY_TYPE() {
    class SendInvoice {
      order!: int;
      token!: Secret;
    }
    checkRoundTrip(SendInvoice);
  },
  FIELD_WITHOUT_TYPE() {
    class Order {
      @Field() lines!: string[];
    }
    @Controller('/orders')
    class Orders {
      @Get('/', { response: Order })
      first() {
        return new Order();
      }
    }
    return build(Orders, { types: 'decorators' });
  },
  RULE_MISFIT() {
    class Order {
      @MinLength(3) amount!: number;
    }
    @Controller('/orders')
    class Orders {
      @Post('/')
      add(order: Order) {
        return order;
      }
    }
    return build(Orders);
  },
  FACTS_DISAGREE() {
    class Circle {
      radius!: number;
    }
    class Square {
      side!: number;
    }
    class Order {
      @Type(() => Circle) shape!: Circle | Square;
    }
    @Controller('/orders')
    class Orders {
      @Post('/')
      add(order: Order) {
        return order;
      }
    }
    return build(Orders);
  },
  TAG_VALUE() {
    class Order {
      /** @minimum one */
      amount!: number;
    }
    @Controller('/orders')
    class Orders {
      @Post('/')
      add(order: Order) {
        return order;
      }
    }
    return build(Orders);
  },
  DISCRIMINATOR() {
    class Cat {
      meows!: boolean;
    }
    class Dog {
      barks!: boolean;
    }
    class Owner {
      @Field({ discriminator: 'kind' }) pet!: Cat | Dog;
    }
    @Controller('/owners')
    class Owners {
      @Post('/')
      add(owner: Owner) {
        return owner;
      }
    }
    return build(Owners);
  },
  COMPONENT_NAME() {
    @Model({ name: 'Item' })
    class Other {
      price!: number;
    }
    @Controller('/items')
    class Items {
      @Get('/')
      list(): Item[] {
        return [];
      }
      @Get('/others')
      others(): Other[] {
        return [];
      }
    }
    return build(Items).then(() => new Vivace({ controllers: [Items] }).openapi());
  },
  CLASS_COPIES() {
    function counted(least: number) {
      class Item {
        @Min(least) count!: int;
      }
      return {
        Item,
        controller() {
          @Controller('/items')
          class Items {
            @Post('/')
            add(items: Item[]) {
              return items.length;
            }
          }
          return Items;
        },
      };
    }
    const [few] = [counted(1), counted(5)];
    return build(few.controller());
  },
  MOUNT_PATH() {
    return new Vivace().mount('/tenants/:tenant', new Vivace()).build();
  },
  MOUNT_VALUE() {
    return new Vivace().mount('/old', untyped({ handle: () => undefined })).build();
  },
  HOST() {
    return new Vivace().mount('/', new Vivace(), { host: 'https://admin.example.com' }).build();
  },
  MOUNT_CYCLE() {
    const admin = new Vivace();
    const app = new Vivace().mount('/admin', admin);
    admin.mount('/public', app);
    return app.build();
  },
  STATIC_DIRECTORY() {
    return inProduction(() => new Vivace().static('/assets', '/srv/shop/assets').build());
  },
  SCHEME_NAME() {
    const own = new APIKeyHeader({ key: 'X-Key' });
    const partner = new APIKeyHeader({ key: 'X-Partner' });
    @Controller('/items')
    class Items {
      @Get('/')
      list(@Depends(own) key: string) {
        return key;
      }
      @Get('/partners')
      partners(@Depends(partner) key: string) {
        return key;
      }
    }
    return build(Items);
  },
  THROWS_STATUS() {
    class SoldOut extends Error {}
    @Controller('/items')
    class Items {
      @Throws(SoldOut)
      @Get('/')
      list() {
        return [];
      }
    }
    return build(Items);
  },
  SESSION_MISSING() {
    @Controller('/cart')
    class Cart {
      @Get('/')
      show(session: WebSession) {
        return session.data;
      }
    }
    return build(Cart);
  },
  OPTION_NUMBER() {
    return rateLimit({ limit: Number(process.env['LOGIN_LIMIT']), seconds: 60 });
  },
  SESSION_SECRET() {
    return sessions({ secret: '' });
  },
  CACHE_KEY() {
    @Controller('/prices')
    class Prices {
      @Get('/', { middleware: [cache({ seconds: 30 })] })
      read(request: VivaceRequest) {
        return request.headers.get('accept-language');
      }
    }
    return build(Prices);
  },
  IDEMPOTENCY_CALLER() {
    @Controller('/payments')
    class Payments {
      @Post('/', { middleware: [idempotency()] })
      pay(order: { amount: number }) {
        return order.amount;
      }
    }
    return build(Payments);
  },
  IDEMPOTENCY_STREAM() {
    @Controller('/payments', { dependencies: [new HTTPBearer()] })
    class Payments {
      @Post('/', { middleware: [idempotency()] })
      async *pay(order: { amount: number }) {
        yield order.amount;
      }
    }
    return build(Payments);
  },
  CORS_CREDENTIALS() {
    return cors({ origins: [/https:.*|http:.*/], credentials: true });
  },
  CORS_ORIGIN() {
    return cors({ origins: ['https://shop.example/'] });
  },
  HOST_PATTERN() {
    return trustedHosts(['https://shop.example']);
  },
  WIRE_NAME() {
    return new APIKeyHeader({ key: 'X API Key' });
  },
  HEADER_TEXT() {
    return new HTTPBasic({ realm: 'admin\n' });
  },
  SETTINGS_INVALID() {
    @Settings({ prefix: 'SHOP_', envFile: '.env.example' })
    class ShopSettings {
      databaseUrl!: string;
      pageSize: int = 20;
    }
    @Controller('/items')
    class Items {
      @Get('/')
      list(settings: ShopSettings) {
        return settings.pageSize;
      }
    }
    return new Vivace({ controllers: [Items] }).build({ env: { SHOP_PAGE_SIZE: 'many' } });
  },
  APPLICATION_METHOD() {
    const app = new Vivace() as unknown as { get(path: string, handler: () => unknown): unknown };
    return app.get('/items', () => []);
  },
  DECORATOR_TARGET() {
    class Items {
      @(Get('/') as unknown as PropertyDecorator) read = (): string => 'pen';
    }
    return Items;
  },
  RESPONSE_STATUS() {
    @Controller('/items')
    class Items {
      @Get('/', { responses: untyped({ notFound: { description: 'No such item' } }) })
      read(): string {
        return 'pen';
      }
    }
    return build(Items);
  },
  INFERRED_FROM_SCHEMA() {
    const item = z.object({ name: z.string().min(2) });
    @Controller('/items')
    class Items {
      @Post('/')
      create(body: z.infer<typeof item>): string {
        return body.name;
      }
    }
    return build(Items);
  },
  PROPERTY_INJECTED() {
    const currentUser = dependency(() => 'ann');
    class Items {
      @Depends(currentUser) user!: string;
    }
    return Items;
  },
};

type Tree<T> = T | Tree<T[]>[];

async function inProduction(mistake: Mistake): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await mistake();
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
}

function refuse(): never {
  throw new Error('the configuration is not there');
}
