import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  HTTPException,
  Post,
  Reply,
  Vivace,
  dependency,
  type Middleware,
} from 'vivace';
import { RedirectResponse, StreamingResponse } from 'vivace/responses';

/** What requests are known by in logs: it has to be the same from the first line of middleware to the last of clean-up. */
const context = new AsyncLocalStorage<string>();

/** What was found in the context, by request. */
export const found: Record<string, (string | undefined)[]> = {};

const note = (id: string): void => void (found[id] ??= []).push(context.getStore());

export const inContext: Middleware = (request, next) => {
  const id = request.headers.get('x-context');
  return id === null ? next() : context.run(id, next);
};

const traced = dependency(
  function* () {
    const id = context.getStore() ?? '';
    try {
      yield id;
    } finally {
      note(id);
    }
  },
  { scope: 'request' },
);

@Controller('/context')
export class Contexts {
  @Get('/task')
  task(tasks: BackgroundTasks, @Depends(traced) id: string): string {
    tasks.add(() => note(id));
    return id;
  }

  @Get('/stream')
  async *stream(@Depends(traced) id: string): AsyncIterable<string> {
    for (let count = 0; count < 3; count += 1) {
      note(id);
      yield id;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

@Controller()
export class Ways {
  @Get('/go')
  go(to: string): RedirectResponse {
    return new RedirectResponse(to);
  }

  @Get('/forget')
  forget(reply: Reply): string {
    reply.deleteCookie('__Host-sid');
    return 'forgotten';
  }

  @Get('/forged')
  forged(): StreamingResponse {
    return new StreamingResponse(['HTTP/1.1 200 OK\r\n\r\nforged'], {
      headers: { 'content-length': '2' },
    });
  }

  @Post('/logout')
  logout(): string {
    return 'bye';
  }
}

@Controller()
class Admin {
  @Get('/secret')
  secret(): string {
    return 'the secret of the administrators';
  }
}

/** Another application behind a middleware that goes by the path. */
export const admin = new Vivace({ controllers: [Admin], docs: false, health: false });

export const guardByPath: Middleware = (request, next) => {
  if (request.path.startsWith('/admin/') && request.headers.get('x-key') !== 'ann')
    throw new HTTPException(401, 'Not without a key');
  return next();
};

const COMPRESSED = gzipSync(JSON.stringify({ text: 'upstream '.repeat(100) }));

const upstream = createServer((_, response) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  response.writeHead(200, { ...headers, connection: 'close' }).end(COMPRESSED);
})
  .listen(0, '127.0.0.1')
  .unref();

/** Passes on what `fetch` gives: the body is decoded, the headers still tell of what it was. */
export function decoded(): Promise<Response> {
  const { port } = upstream.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/`);
}

/** As Express and its like answer. */
export function legacy(request: IncomingMessage, response: ServerResponse): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => (size += chunk.length));
  request.on('end', () => response.end(`legacy ${size}`));
}
