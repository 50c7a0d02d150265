import { z } from 'zod';
import {
  BackgroundTasks,
  Controller,
  dependency,
  Depends,
  FieldValidator,
  Get,
  HTTPException,
  oneOf,
  Path,
  provide,
  Query,
  Security,
  WebSocketRoute,
  int,
  type email,
  type uuid,
} from 'vivace';
import { ServerSentEvent } from 'vivace/responses';
import { APIKeyHeader, OAuth2PasswordBearer } from 'vivace/security';

/* Programs that do not compile: mistakes that the types find. */

class Image {
  url!: string;
}
class ItemOut {
  id!: int;
  name!: string;
}
class User {
  constructor(readonly login: string) {}
}
abstract class Mailer {
  abstract send(to: string): void;
}
const window = dependency({ skip: Query(int, { default: 0 }) }, ({ skip }) => ({ skip }));
const session = dependency(() => ({ commit() {} }));
const apiKey = new APIKeyHeader({ key: 'X-API-Key', optional: true });
const currentUser = dependency({ key: apiKey }, () => new User('ann'));
const Reader = Security(currentUser, ['items']);
const notify = (to: string, text: string) => void [to, text];

@Controller()
export class Wrong {
  // @ts-expect-error another response
  @Get('/a', { response: ItemOut }) a(): { nope: true } {
    return { nope: true };
  }
  // @ts-expect-error another response, asynchronous
  @Get('/b', { response: [ItemOut] }) async b() {
    return new ItemOut();
  }
  // @ts-expect-error another item of a stream
  @Get('/c', { response: Image }) async *c() {
    yield 1;
  }
  // @ts-expect-error the parameter has another type than the dependency
  @Get('/d') d(@Depends(window) window: { nope: string }) {
    return window;
  }
  // @ts-expect-error the same for Security
  @Get('/e') e(@Security(currentUser, ['items']) user: ItemOut) {
    return user;
  }
  // @ts-expect-error and for a marker that is used again
  @Get('/f') f(@Reader user: string) {
    return user;
  }
  // @ts-expect-error and for an input with a type
  @Get('/g') g(@Query(int) q: string) {
    return q;
  }
  // @ts-expect-error an optional input may be undefined
  @Get('/h') h(@Query(String, { optional: true }) q: string) {
    return q;
  }
  // @ts-expect-error a default of another type than the parameter
  @Get('/i') i(@Query({ default: 'x' }) q: int) {
    return q;
  }
  // @ts-expect-error an unknown option of an operation
  @Get('/j', { statusCode: 201 }) j() {
    return 1;
  }
  // @ts-expect-error a field that the response model lacks
  @Get('/k', { response: ItemOut, exclude: ['password'] }) k() {
    return new ItemOut();
  }
  // @ts-expect-error a WebSocket handler returns nothing
  @WebSocketRoute('/l') l() {
    return 1;
  }
  // @ts-expect-error a path operation is a method
  @Get('/m') m = 1;
  // @ts-expect-error a path parameter has no default
  @Get('/n/:id') n(@Path(int, { default: 1 }) id: int) {
    return id;
  }
  // @ts-expect-error a value that may be missing is not required text
  @Get('/o') o(@Depends(apiKey) key: string) {
    return key;
  }
  // @ts-expect-error what a schema gives is not what the parameter takes
  @Get('/q') q(@Query(z.coerce.number()) page: string) {
    return page;
  }
  // @ts-expect-error a field that the schema does not give
  @Post('/r') r(@Body(z.object({ a: z.number() })) body: { a: number; b: string }) {
    return body;
  }
  // @ts-expect-error what a schema does not take is not what the handler returns
  @Get('/s', { response: z.object({ a: z.number() }) }) s() {
    return { a: 'x' };
  }
  // @ts-expect-error a field that the schema lacks
  @Get('/t', { response: z.object({ a: z.number() }), exclude: ['b'] }) t() {
    return { a: 1 };
  }
  @Get('/p') p(tasks: BackgroundTasks) {
    // @ts-expect-error a background task is called with what it takes
    tasks.add(notify, 1);
  }
}
export class WrongConstructor {
  // @ts-expect-error the parameter of a constructor has another type
  constructor(@Depends(session) readonly db: { rollback(): void }) {}
}
export class WrongFilter {
  // @ts-expect-error a property has another type
  @Query(int) limit: string = '';
  // @ts-expect-error no such field
  @FieldValidator('nope') static check(value: string) {
    return value;
  }
}

// @ts-expect-error a default of another type
Query(Number, { default: 'x' });
// @ts-expect-error a default that the schema does not give
Query(z.coerce.number(), { default: 'x' });
// @ts-expect-error null needs `nullable`
Query(Number, { default: null });
// @ts-expect-error a default that is no member
Query(oneOf('asc', 'desc'), { default: 'up' });
// @ts-expect-error an unknown option of an input
Query({ maxLenght: 3 });
// @ts-expect-error an input without a type has nothing to infer, a plain object is none
dependency({ q: { ge: 1 } }, ({ q }) => q);
// @ts-expect-error a class that is not a Mailer
provide(Mailer, Image);
// @ts-expect-error text is not a number
export const text: int = 'x';
// @ts-expect-error an address is not a UUID
export const id: uuid = '' as email;
// @ts-expect-error data and raw exclude each other
export const event = new ServerSentEvent({ data: 1, raw: '1' });
// @ts-expect-error needs a token address
export const scheme = new OAuth2PasswordBearer({ scopes: {} });
// @ts-expect-error a status is a number
export const error = new HTTPException('404');
