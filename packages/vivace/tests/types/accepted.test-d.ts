import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import { IsEmail, Min, MinLength } from 'class-validator';
import {
  BackgroundTasks,
  Body,
  Controller,
  Delete,
  dependency,
  Depends,
  Field,
  FieldValidator,
  Form,
  Get,
  Header,
  HTTPException,
  Injectable,
  Model,
  ModelValidator,
  on,
  oneOf,
  Patch,
  Path,
  Post,
  provide,
  Query,
  Reply,
  Request,
  RequestValidationError,
  Rooms,
  Route,
  Secret,
  Security,
  SecurityScopes,
  UploadFile,
  WebSocket,
  WebSocketException,
  WebSocketRoute,
  bytes,
  date,
  email,
  int,
  uuid,
  type Middleware,
  type Provided,
} from 'vivace';
import {
  EventSourceResponse,
  FileResponse,
  JSONResponse,
  PlainTextResponse,
  RedirectResponse,
  ServerSentEvent,
} from 'vivace/responses';
import {
  APIKeyHeader,
  HTTPBasic,
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  sameSecret,
} from 'vivace/security';
import * as status from 'vivace/status';

/* Programs that compile: what a user may write. */

enum Sort {
  Name = 'name',
  Price = 'price',
}

@Controller('/things', { tags: ['things'] })
export class Things {
  @Get('/:thing_id')
  read(thing_id: int, q?: string, short = false, sort: Sort = Sort.Name) {
    return { thing_id, q, short, sort };
  }
  @Get('/')
  list(
    @Query({ minLength: 3, maxLength: 50, alias: 'thing-query', deprecated: true })
    q: string | null = null,
    @Query() tag: string[] = [],
    @Header() userAgent?: string,
    @Query({ ge: 1, le: 100 }) limit: int = 20,
  ) {
    return { q, tag, userAgent, limit };
  }
  @Get('/of/:owner/:version/*rest') files(
    owner: uuid,
    rest: string,
    @Path({ pattern: /^v\d$/ }) version: string,
  ) {
    return { owner, rest, version };
  }
  @Get({ summary: 'Nothing', status: status.HTTP_204_NO_CONTENT }) nothing(): void {}
  @Route(['OPTIONS', 'HEAD'], '/') options() {
    return null;
  }
}

class Image {
  url!: string;
  name!: string;
}
class Cat {
  kind!: 'cat';
  lives: int = 9;
}
class Dog {
  kind!: 'dog';
  breed?: string;
}
@Model({ extra: 'forbid', examples: [{ name: 'Foo', price: 35.4 }] })
class ItemIn {
  @MinLength(1) name!: string;
  @Min(0) price!: number;
  tax: number | null = null;
  tags: string[] = [];
  unit: 'piece' | 'kg' = 'piece';
  images: Image[] = [];
  pet?: Cat | Dog;
  @Field({ gt: 0, title: 'Weight in grams' }) weight?: int;
  madeOn?: date;
}
class ItemOut extends ItemIn {
  id!: int;
  @Field() get total(): number {
    return this.price + (this.tax ?? 0);
  }
}
export class Registration {
  @IsEmail() mail!: email;
  password!: Secret<string>;
  repeated!: Secret;
  name!: string;
  @FieldValidator('name', { mode: 'after' }) static notAdmin(name: string): string {
    return name.trim();
  }
  @FieldValidator(['name', 'mail']) static any(
    value: string,
    field: { readonly name: string },
  ): string {
    return value + field.name;
  }
  @ModelValidator() same(): void {
    if (this.password.reveal() !== this.repeated.reveal()) throw new Error('the passwords differ');
  }
  @ModelValidator() async known(): Promise<void> {}
  @ModelValidator({ mode: 'before' }) static trim(input: unknown): unknown {
    return input;
  }
}

const window = dependency(
  {
    skip: Query(int, { default: 0, ge: 0 }),
    limit: Query(int, { default: 20, le: 100 }),
    q: Query(String, { optional: true }),
    order: Query(oneOf('asc', 'desc'), { default: 'asc' }),
    sort: Query(oneOf(Sort), { nullable: true, default: null }),
    ids: Query([int], { default: [] }),
  },
  ({ skip, limit, q, order, sort, ids }) => ({ skip, limit, q: q?.trim(), order, sort, ids }),
);
type Window = Provided<typeof window>;
export const asWritten: Window = {
  skip: 1,
  limit: 2,
  q: undefined,
  order: 'desc',
  sort: Sort.Price,
  ids: [3],
};
const minimum = (role: string) =>
  dependency(
    { agent: Header(String, { optional: true }), request: Request },
    ({ agent, request }) => {
      if (agent === role && request.method === 'GET')
        throw new HTTPException(status.HTTP_403_FORBIDDEN, 'not you');
    },
  );

interface Session {
  rows: Map<number, ItemOut>;
  commit(): Promise<void>;
}
const session = dependency(async function* () {
  const db: Session = { rows: new Map(), commit: () => Promise.resolve() };
  yield db;
  await db.commit();
});

abstract class Mailer {
  abstract send(to: string, text: string): Promise<void>;
}
@Injectable({ lifetime: 'singleton' })
class Smtp extends Mailer {
  async send(to: string, text: string) {
    void [to, text];
  }
}
@Injectable()
class Items {
  constructor(
    @Depends(session) private readonly db: Session,
    private readonly mailer: Mailer,
  ) {}
  async get(id: int): Promise<ItemOut> {
    await this.mailer.send('ops@example.com', 'read');
    return this.db.rows.get(id) ?? new ItemOut();
  }
}
export const provisions = [provide(Mailer, Smtp), provide(Mailer, () => new Smtp())];

class User {
  constructor(readonly name: string) {}
}
const oauth2 = new OAuth2PasswordBearer({
  tokenUrl: 'token',
  scopes: { items: 'Read your items' },
});
const apiKey = new APIKeyHeader({ key: 'X-API-Key', optional: true });
const currentUser = dependency(
  { token: oauth2, key: apiKey, required: SecurityScopes },
  async ({ token, key, required }) => {
    const credential: string = token;
    const maybe: string | undefined = key;
    if (!sameSecret(credential, 'secret') && maybe === undefined)
      throw oauth2.reject(`needs ${required}`);
    return new User('ann');
  },
);
const Reader = Security(currentUser, ['items']);
const admin = dependency({ who: new HTTPBasic({ realm: 'admin' }) }, ({ who }) => who.username);

const notify = async (to: string, text: string, times = 1) => {
  void [to, text, times];
};
@Controller('/items', {
  dependencies: [minimum('bot'), Depends(admin)],
  responses: { 404: { description: 'Not found', response: Image }, '5XX': {} },
})
export class ItemsController {
  constructor(private readonly items: Items) {}
  @Get('/:item_id') read(
    item_id: int,
    @Depends(window) window: Window,
    @Reader user: User,
  ): Promise<ItemOut> {
    void [window, user];
    return this.items.get(item_id);
  }
  @Post('/', {
    status: status.HTTP_201_CREATED,
    response: ItemOut,
    exclude: ['tax'],
    excludeUnset: true,
  })
  async create(
    item: ItemIn,
    @Security(currentUser, ['items']) user: User,
    tasks: BackgroundTasks,
    reply: Reply,
  ) {
    tasks.add(notify, 'ops@example.com', `${user.name} made ${item.name}`);
    reply.setCookie('last', item.name, { httpOnly: true });
    return Object.assign(await this.items.get(1), { internal: 1 });
  }
  @Patch('/:item_id', { response: ItemOut }) async change(item_id: int, changes: ItemIn) {
    return Object.assign(await this.items.get(item_id), changes);
  }
  @Delete('/:item_id', { status: 204 }) remove(item_id: int): void {
    void item_id;
  }
  @Get('/old', { response: [ItemOut], summary: 'Moved' }) moved() {
    return new RedirectResponse('/items/');
  }
  @Post('/match', { response: oneOf(Cat, Dog) }) match(
    @Body({ embed: true }) weight: number,
  ): Cat | Dog {
    return weight > 9 ? { kind: 'dog' } : { kind: 'cat', lives: 7 };
  }
}

class Login {
  username!: string;
  password!: Secret;
}
@Controller()
export class Forms {
  @Post('/files') async files(file: UploadFile, others: UploadFile[], @Form() note?: string) {
    await file.save('/uploads/new');
    return { size: file.size + others.length, note };
  }
  @Post('/login') login(@Form() login: Login, @Form() form: OAuth2PasswordRequestForm) {
    return { user: login.username, scopes: form.scopes };
  }
  @Get('/files/:name', { responseClass: FileResponse }) file(name: string) {
    return new FileResponse(name, { filename: 'report.pdf' });
  }
}

class ChatMessage {
  @MinLength(1) text!: string;
}
@Controller()
export class Chat {
  constructor(private readonly rooms: Rooms) {}
  @WebSocketRoute('/chat/:room')
  async chat(room: string, socket: WebSocket, @Query() token: string | null = null): Promise<void> {
    if (token === null) throw new WebSocketException(status.WS_1008_POLICY_VIOLATION);
    await this.rooms.join(room, socket);
    const greeting: string = await socket.receive();
    const picture: bytes = await socket.receive(bytes);
    const either: ChatMessage | Image = await socket.receive(oneOf(ChatMessage, Image));
    await fetch('/', { signal: socket.signal });
    void either;
    for await (const message of socket.messages(ChatMessage))
      await this.rooms.broadcast(room, greeting + picture.length + message.text, {
        except: socket,
      });
  }
}

@Controller('/streams')
export class Streams {
  @Get('/lines') async *lines(): AsyncIterable<ItemOut> {
    yield new ItemOut();
  }
  @Get('/events', { responseClass: EventSourceResponse, response: ItemOut })
  async *events(
    @Header() lastEventId: int = 0,
  ): AsyncGenerator<ItemOut | ServerSentEvent<ItemOut>> {
    yield new ItemOut();
    yield new ServerSentEvent({ id: String(lastEventId + 1), event: 'item', data: new ItemOut() });
  }
}

const resources = dependency(
  async function* () {
    yield { models: new Map<string, (x: number) => number>() };
  },
  { lifetime: 'singleton' },
);
type Resources = Provided<typeof resources>;
@Controller('', { dependencies: [Security(currentUser, ['predict'])] })
export class Predict {
  constructor(@Depends(Items) private readonly items: Items) {}
  @Get('/predict') predict(
    x: number,
    @Depends(resources) { models }: Resources,
    @Depends(admin, { cache: false }) text: string,
  ) {
    return { y: models.get('double')?.(x), text, items: this.items };
  }
  @Get('/hidden', { hidden: true, response: false }) private hidden(@Depends(admin) text: string) {
    return new PlainTextResponse(text);
  }
  @Get('/text') text(
    @Query(oneOf(String, null)) q: string | null,
    @Depends(window) all: unknown,
    @Depends(window) some?: Pick<Window, 'skip'>,
  ) {
    return [q, all, some, this.hidden('')];
  }
}
const nested = dependency(
  {
    db: Depends(session, { scope: 'request' }),
    items: Items,
    signal: AbortSignal,
    tasks: BackgroundTasks,
  },
  ({ db, items, signal, tasks }) => ({ db, items, signal, tasks }),
);
export type Nested = [
  Provided<typeof nested>['db']['rows'],
  Provided<typeof nested>['signal']['aborted'],
  Provided<typeof Items>,
];

class NotFound extends Error {
  constructor(readonly what: string) {
    super(`no such ${what}`);
  }
}
export const exceptions = [
  on(NotFound, (error) => new JSONResponse({ message: error.what }, { status: 418 })),
  on(
    RequestValidationError,
    (error, request) =>
      new PlainTextResponse(`${request.path}: ${error.issues.map((issue) => issue.msg)}`, {
        status: 400,
      }),
  ),
  on(404, (error, _request, next) =>
    error.detail === 'Not Found'
      ? new PlainTextResponse('nothing here', { status: error.status })
      : next(),
  ),
];
export const timed: Middleware = async (request, next) => {
  const response = await next();
  response.headers.set('X-Request', request.id);
  return response;
};

/* `int` takes plain numbers, and gives them. */
const count: int = 3;
let next: int = count + 1;
next += 2;
next++;
const row: { id: number } = { id: next };
const typed: { id: int } = row;
const counts: int[] = [1, 2].map((n) => n * 2);
export const users = new Map<int, User>([[counts[0] ?? typed.id, new User('a')]]);

/* Schemas of other libraries say what goes in and what comes out. */
const Text = z.object({
  at: z.string().transform((text) => new Date(text)),
  n: z.number().default(1),
});
const Words = v.object({
  word: v.pipe(
    v.string(),
    v.transform((word) => word.length),
  ),
});
const Lines = type({ line: 'string.numeric.parse' });
export const given = dependency(
  {
    text: Body(Text),
    words: Query(Words),
    line: Query(Lines),
    maybe: Query(z.string(), { optional: true }),
  },
  ({ text, words, line, maybe }) => [
    text.at.getTime() + text.n,
    words.word * line.line,
    maybe?.length,
  ],
);
export class Schemas {
  @Post('/', { response: Text, exclude: ['n'] })
  create(@Body(Text) text: { at: Date; n: number }, @Query(Words) words: { word: number }) {
    return { at: String(text.at), n: words.word };
  }
  @Get('/', { response: [Lines] })
  list(@Query(z.array(z.string())) word: readonly string[]) {
    return word.map((line) => ({ line }));
  }
}
