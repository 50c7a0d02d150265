import {
  Controller,
  Depends,
  FieldValidator,
  Get,
  Header,
  Query,
  Request,
  RequestValidationError,
  Vivace,
  dependency,
  on,
  type Middleware,
  type Provided,
  type int,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';

const library = dependency(
  function* () {
    yield { name: 'Reading room', books: new Map([[1, 'Emma']]) };
  },
  { lifetime: 'singleton' },
);
type Library = Provided<typeof library>;

class Filter {
  where: Record<string, string> = {};

  /** One parameter that is JSON. */
  @FieldValidator('where', { mode: 'before' })
  static parsed(sent: unknown): unknown {
    return typeof sent === 'string' ? JSON.parse(sent) : sent;
  }
}

const counted: Middleware = async (request, next) => {
  const response = await next();
  response.headers.set('x-shelf', request.path);
  return response;
};

@Controller('/books', { tags: ['books'] })
class Books {
  @Get('/:id(^\\d+$)', { name: 'book', middleware: [counted] })
  read(id: int, request: Request, @Depends(library) { name, books }: Library) {
    if (!books.has(id)) throw new Error('the shelf is empty');
    return { title: books.get(id), in: name, self: request.urlFor('book', { id }) };
  }

  @Get('/scans/*file')
  scan(file: string) {
    return file;
  }

  @Get('/')
  find(@Query() { where }: Filter) {
    return where;
  }

  @Get('/desk')
  desk(@Header('Authorization') token: string, @Header({ convertNames: false }) desk_id: string) {
    return { token, desk_id };
  }
}

@Controller('/beta')
class Beta {
  @Get()
  beta() {
    return 'on trial';
  }
}

/** The log says where the input did not fit; the client does not. */
const refused: string[] = [];
const counter = on(RequestValidationError, (error) => {
  refused.push(error.operation ?? '');
  return new JSONResponse({ wrong: error.issues.length }, { status: 422 });
});

export function createApp({ beta = false, debug = false } = {}) {
  return new Vivace({ title: 'Library', lifespan: library, exceptions: [counter], debug })
    .include(Books)
    .include(Books, { prefix: '/v2' })
    .include(beta ? [Beta] : [])
    .include(Beta, { prefix: '/staff', host: 'staff.test' });
}

export const app = createApp();
export { refused };
