import * as fc from 'fast-check';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  Depends,
  HTTPException,
  Post,
  Request,
  Security,
  UploadFile,
  Vivace,
  dependency,
  type Server,
} from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { Log } from './wire';
import { answersIn, request, Wire } from './raw';

const opened = { function: 0, request: 0 };
const closed = { function: 0, request: 0 };

/** Counts what it opens and closes. */
const counted = (scope: 'function' | 'request') =>
  dependency(
    async function* () {
      opened[scope] += 1;
      try {
        yield scope;
      } finally {
        closed[scope] += 1;
      }
    },
    { scope },
  );
const session = counted('function');
const trace = counted('request');

/** Needs a session to look up who asks, so that one is open while the body is waited for. */
const visitor = dependency(
  { key: new APIKeyHeader({ key: 'x-key' }), session, trace },
  ({ key }) => {
    if (key !== 'good') throw new HTTPException(401);
    return key;
  },
);

class Item {
  name!: string;
}

@Controller()
class Bodies {
  constructor(@Depends(session) readonly session: string) {}

  @Post('/json')
  json(@Security(visitor) _who: string, item: Item): string {
    return item.name;
  }
  @Post('/form')
  form(@Security(visitor) _who: string, file: UploadFile): number {
    return file.size;
  }
  @Post('/text')
  async text(@Security(visitor) _who: string, received: Request): Promise<number> {
    return (await received.text()).length;
  }
  @Post('/stream', { bodyLimit: 60 })
  async stream(@Security(visitor) _who: string, received: Request): Promise<number> {
    let size = 0;
    for await (const chunk of received.stream()) size += (chunk as Buffer).length;
    return size;
  }
  /** Reads the body when it has waited for something else. */
  @Post('/late')
  async late(@Security(visitor) _who: string, received: Request): Promise<number> {
    await turn();
    return (await received.body()).length;
  }
}

const log = new Log();
const form =
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--x--\r\n';
const FORM = 'multipart/form-data; boundary=x';
const REQUESTS: readonly string[] = [
  ['/json', 'application/json', '{"name":"Ada"}'],
  ['/form', FORM, form],
  ['/text', 'text/plain', 'some text'],
  ['/stream', 'text/plain', 'text '.repeat(10)],
  ['/stream', 'text/plain', 'text '.repeat(20)],
  ['/late', 'text/plain', 'some text'],
].map(([path, type, body]) =>
  request('POST', path!, { 'x-key': 'good', 'content-type': type! }, body),
);

let server: Server;
beforeAll(async () => {
  server = await new Vivace({
    controllers: [Bodies],
    logger: log.options,
    timeouts: { headers: 1, stall: 0.3, handler: 0.2, request: 2, keepAlive: 0.1 },
  }).listen({ port: 0, handleSignals: false });
});
afterAll(() => server.close());

/** Waits until all that was opened is closed. */
async function settled(): Promise<void> {
  const open = () => opened.function + opened.request - closed.function - closed.request;
  while (open() > 0) await sleep(10);
  expect(closed).toEqual(opened);
}

/** What a client does when it has sent the first part of a request. */
const WAYS = {
  stalls: async (wire: Wire) => void (await wire.closed()),
  leaves: async (wire: Wire) => wire.reset(),
  'says that nothing follows': async (wire: Wire) => void (await wire.end().closed()),
  'goes on later': async (wire: Wire, rest: string) => {
    await sleep(100);
    await wire.send(rest).until(/\r\n\r\n/);
  },
};

describe('wherever in a request a client stops', () => {
  it.each(Object.entries(WAYS))('and %s, all that was opened is closed', async (_, way) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom(...REQUESTS), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            minLength: 30,
            maxLength: 30,
          },
        ),
        async (stops) => {
          await Promise.all(
            stops.map(async ([text, part]) => {
              const at = Math.floor(text.length * part);
              await using wire = new Wire(server);
              await way(wire.send(text.slice(0, at)), text.slice(at));
            }),
          );
          await settled();
        },
      ),
      { seed: 11, numRuns: 2 },
    );
    expect(log.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe('a body', () => {
  const start = (path: string, type: string, length: number): string =>
    request('POST', path, { 'x-key': 'good', 'content-type': type, 'content-length': length });

  it.each([
    ['/json', 'application/json', '{"na'],
    ['/form', FORM, form.slice(0, 50)],
    ['/text', 'text/plain', 'some'],
    ['/stream', 'text/plain', 'some'],
    ['/late', 'text/plain', 'some'],
  ])('of %s that stops is answered 408, and the connection closed', async (path, type, sent) => {
    await using wire = new Wire(server);
    const text = await wire.send(start(path, type, 60), sent).closed();
    expect(answersIn(text)).toEqual([[408, '{"detail":"Request Timeout"}']]);
    await settled();
  });

  it('may take longer to arrive than a handler may take', async () => {
    await using patient = await new Vivace({
      controllers: [Bodies],
      timeouts: { handler: 0.2 },
    }).listen({ port: 0, handleSignals: false });
    await using wire = new Wire(patient);
    wire.send(start('/json', 'application/json', 14));
    for (const piece of ['{"na', 'me":', '"Ada', '"}']) {
      await sleep(120);
      wire.send(piece);
    }
    await expect(wire.answers(1)).resolves.toEqual([[200, '"Ada"']]);
  });

  it('that drips for longer than a request may take is answered 408', async () => {
    await using wire = new Wire(server);
    wire.send(start('/stream', 'text/plain', 50));
    const dripping = setInterval(() => wire.send('x'), 100);
    const text = await wire.closed();
    clearInterval(dripping);
    expect(answersIn(text)).toEqual([[408, '{"detail":"Request Timeout"}']]);
  });

  it('is limited whoever reads it', async () => {
    for (const path of ['/stream']) {
      await using wire = new Wire(server);
      const text = await wire
        .send('POST ', path, ' HTTP/1.1\r\nHost: a\r\nx-key: good\r\n')
        .send('Transfer-Encoding: chunked\r\n\r\n', '50\r\n', 'x'.repeat(80), '\r\n0\r\n\r\n')
        .until(/\}$/);
      expect(text).toContain('HTTP/1.1 413 ');
    }
  });
});
