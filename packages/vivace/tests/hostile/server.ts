import {
  Body,
  Controller,
  Cookie,
  File,
  Form,
  Get,
  Header,
  Post,
  Query,
  Request,
  Security,
  UploadFile,
  Vivace,
  type int,
  type Provided,
} from 'vivace';
import {
  accessLog,
  cache,
  compress,
  cors,
  decompress,
  etag,
  idempotency,
  rateLimit,
  requestId,
  sessions,
  trustedHosts,
  WebSession,
} from 'vivace/middleware';
import { FileResponse } from 'vivace/responses';
import {
  APIKeyCookie,
  HTTPBasic,
  HTTPBearer,
  HTTPDigest,
  OAuth2PasswordBearer,
} from 'vivace/security';

const optional = { optional: true } as const;
const basic = new HTTPBasic(optional);
const bearer = new HTTPBearer(optional);
const digest = new HTTPDigest(optional);
const token = new OAuth2PasswordBearer({ tokenUrl: '/token', ...optional });
const key = new APIKeyCookie({ key: 'key', ...optional });

class Filter {
  q = '';
  tags: string[] = [];
  limit: int = 1;
}

@Controller('', { apiVersion: '2' })
class Versioned {
  @Get('/versioned') versioned() {
    return 2;
  }
}

@Controller()
class Routes {
  @Get('/') read(
    @Query() filter: Filter,
    request: Request,
    session: WebSession,
    @Cookie() c: string = '',
    @Header() accept: string = '',
    @Header({ alias: 'x-many' }) many: string[] = [],
  ) {
    void session;
    return [filter.tags.length, request.cookies, c.length + accept.length, many.length];
  }
  @Get('/who') who(
    @Security(basic) one: Provided<typeof basic>,
    @Security(bearer) two: Provided<typeof bearer>,
    @Security(digest) three: Provided<typeof digest>,
    @Security(token) four: Provided<typeof token>,
    @Security(key) five: Provided<typeof key>,
  ) {
    return [one, two, three, four, five].filter((each) => each !== undefined).length;
  }
  @Get('/types/:a-:b-:c') three(a: string, b: string, c: int) {
    return [a, b, c];
  }
  @Get('/types/:a-:b.:c-:d.json') four(a: string, b: string, c: string, d: string) {
    return [a, b, c, d];
  }
  @Get('/:a-:b/:c.:d/end') two(a: string, b: string, c: string, d: string) {
    return [a, b, c, d];
  }
  @Get('/files/*rest') rest(rest: string) {
    return rest.length;
  }
  @Get('/file') file() {
    return new FileResponse(__filename);
  }
  @Get('/cached', { middleware: [cache({ seconds: 60 })] }) cached(q: string = '') {
    return q.length;
  }
  @Post('/once', { middleware: [idempotency({ key: () => 'all' })] }) once() {
    return 1;
  }
  @Post('/json') json(@Body() value: unknown) {
    return typeof value;
  }
  @Post('/number') number(@Body() value: bigint) {
    return String(value).length;
  }
  @Post('/form') form(@Form() filter: Filter) {
    return filter.tags.length;
  }
  @Post('/file') upload(@File() file: UploadFile) {
    return file.size;
  }
}

export const server = new Vivace({
  controllers: [Routes, Versioned],
  bodyLimit: 10_000_000,
  trustProxy: true,
  middleware: [
    accessLog(),
    requestId(),
    cors({ origins: ['https://a.example'], credentials: true }),
    trustedHosts(['*']),
    compress(),
    decompress(),
    etag(),
    rateLimit({ limit: 1_000_000_000, seconds: 60 }),
    sessions({ secret: 'a secret that is long enough to sign with it' }),
  ],
});
