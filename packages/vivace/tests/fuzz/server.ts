import {
  Body,
  Controller,
  Cookie,
  Form,
  Get,
  Header,
  Path,
  Post,
  Query,
  UploadFile,
  Vivace,
  WebSocket,
  WebSocketRoute,
  type bytes,
  type date,
  type datetime,
  type decimal,
  type duration,
  type email,
  type int,
  type ip,
  type time,
  type url,
  type uuid,
} from 'vivace';

enum Colour {
  red = 'red',
  blue = 'blue',
}

/** A field of every kind of text. */
export class Scalars {
  text?: string;
  int?: int;
  number?: number;
  big?: bigint;
  boolean?: boolean;
  instant?: Date;
  day?: date;
  moment?: datetime;
  time?: time;
  duration?: duration;
  uuid?: uuid;
  email?: email;
  url?: url;
  ip?: ip;
  decimal?: decimal;
  bytes?: bytes;
  literal?: 'a' | 1 | true;
  colour?: Colour;
  pair?: `${number}x${number}`;
  either?: int | boolean | Date | uuid | null;
  ints?: int[];
  days?: Set<date>;
}
export const names = [
  'text',
  'int',
  'number',
  'big',
  'boolean',
  'instant',
  'day',
  'moment',
  'time',
  'duration',
  'uuid',
  'email',
  'url',
  'ip',
  'decimal',
  'bytes',
  'literal',
  'colour',
  'pair',
  'either',
  'ints',
  'days',
];
class Tree extends Scalars {
  inner?: Tree;
  many?: Tree[];
  by?: Record<string, Tree>;
}

@Controller()
class Routes {
  @Get('/query') query(@Query() all: Scalars): Scalars {
    return all;
  }
  @Get('/header') header(@Header() all: Scalars): Scalars {
    return all;
  }
  @Get('/cookie') cookie(@Cookie() all: Scalars): Scalars {
    return all;
  }
  @Post('/form') form(@Form() all: Scalars): Scalars {
    return all;
  }
  @Post('/files') async files(@Form() text: string, file: UploadFile): Promise<string> {
    return text + String(file.filename) + (await file.text()).length;
  }
  @Post('/json') json(all: Tree): Tree {
    return all;
  }
  @Post('/any') any(@Body() value: unknown): unknown {
    return value;
  }
  @Get('/path/text/:v') text(@Path() v: string): string {
    return v;
  }
  @Get('/path/int/:v') int(@Path() v: int): int {
    return v;
  }
  @Get('/path/number/:v') number(@Path() v: number): number {
    return v;
  }
  @Get('/path/big/:v') big(@Path() v: bigint): bigint {
    return v;
  }
  @Get('/path/boolean/:v') boolean(@Path() v: boolean): boolean {
    return v;
  }
  @Get('/path/instant/:v') instant(@Path() v: Date): Date {
    return v;
  }
  @Get('/path/day/:v') day(@Path() v: date): date {
    return v;
  }
  @Get('/path/moment/:v') moment(@Path() v: datetime): datetime {
    return v;
  }
  @Get('/path/time/:v') time(@Path() v: time): time {
    return v;
  }
  @Get('/path/duration/:v') duration(@Path() v: duration): duration {
    return v;
  }
  @Get('/path/uuid/:v') uuid(@Path() v: uuid): uuid {
    return v;
  }
  @Get('/path/email/:v') email(@Path() v: email): email {
    return v;
  }
  @Get('/path/url/:v') url(@Path() v: url): url {
    return v;
  }
  @Get('/path/ip/:v') ip(@Path() v: ip): ip {
    return v;
  }
  @Get('/path/decimal/:v') decimal(@Path() v: decimal): decimal {
    return v;
  }
  @Get('/path/colour/:v') colour(@Path() v: Colour): Colour {
    return v;
  }
  @Get('/path/pair/:v') pair(@Path() v: `${number}x${number}`): string {
    return v;
  }
  @Get('/path/two/:a-:b') two(@Path() a: string, @Path() b: int): string {
    return a + b;
  }
  @Get('/path/rest/*rest') rest(@Path() rest: string): string {
    return rest;
  }
  @WebSocketRoute('/socket') async socket(socket: WebSocket): Promise<void> {
    await socket.accept();
    const read = await socket.receive(Tree);
    await socket.sendJson(read);
  }
}

export const server = new Vivace({ controllers: [Routes] });
