import { BackgroundTasks, Controller, Get, Request, Vivace, type Middleware } from 'vivace';
import { accessLog, requestId } from 'vivace/middleware';
import { StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { listening, opened } from '../../tests/http';

interface Line {
  readonly reqId?: string;
  readonly msg: string;
  readonly path?: string;
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly aborted?: boolean;
}
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

@Controller('/things')
class Things {
  @Get('/:id')
  read(id: string, request: Request, tasks: BackgroundTasks): string {
    request.log.info(`reading ${id}`);
    tasks.add(() => {
      throw new Error('task');
    });
    return request.id;
  }
  @Get('/broken/now')
  broken(): never {
    throw new Error('boom');
  }
  @Get('/stream/long')
  stream(): StreamingResponse {
    return new StreamingResponse(endless());
  }
}
async function* endless(): AsyncGenerator<string> {
  for (;;) {
    yield 'x'.repeat(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The application, and what it logs. */
function logging(...middleware: Middleware[]): { app: Vivace; lines: Line[] } {
  const lines: Line[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  return {
    app: new Vivace({ controllers: [Things], middleware, logger: { level: 'info', stream } }),
    lines,
  };
}

describe('requestId', () => {
  it('is taken from the request, logged with every line and sent back', async () => {
    const { app, lines } = logging(requestId());
    await using client = await testClient(app, { raiseErrors: false });
    const { headers, text } = await client.get('/things/1', {
      headers: { 'x-request-id': 'abc-123' },
    });
    expect([headers.get('x-request-id'), text]).toEqual(['abc-123', '"abc-123"']);
    const broken = await client.get('/things/broken/now', { headers: { 'x-request-id': 'def' } });
    expect([broken.status, broken.headers.get('x-request-id')]).toEqual([500, 'def']);
    expect(
      lines.filter(({ reqId }) => reqId !== undefined).map(({ reqId, msg }) => [reqId, msg]),
    ).toEqual([
      ['abc-123', 'reading 1'],
      ['abc-123', 'A background task failed'],
      ['def', 'Unhandled error'],
    ]);
  });

  it.each(['', 'a b', 'x'.repeat(129), 'é', '{"a":1}'])(
    'is made where the one that was sent could do harm: %s',
    async (sent) => {
      await using client = await testClient(logging(requestId()).app);
      expect(
        (await client.get('/things/1', { headers: { 'x-request-id': sent } })).headers.get(
          'x-request-id',
        ),
      ).toMatch(UUID);
    },
  );

  it('may have another name', async () => {
    await using client = await testClient(logging(requestId({ header: 'X-Correlation-ID' })).app);
    expect(
      (await client.get('/things/1', { headers: { 'x-correlation-id': 'c1' } })).headers.get(
        'x-correlation-id',
      ),
    ).toBe('c1');
  });
});

describe('accessLog', () => {
  it('writes one line for each request, also for errors and unknown paths, without the query', async () => {
    const { app, lines } = logging(accessLog(), requestId());
    await using client = await testClient(app, { raiseErrors: false });
    await client.get('/things/1?token=secret', { headers: { 'x-request-id': 'r1' } });
    await client.get('/things/broken/now');
    await client.get('/nowhere');
    const logged = lines.filter(({ ms }) => ms !== undefined);
    expect(logged.map(({ msg, path, route, status }) => ({ msg, path, route, status }))).toEqual([
      { msg: 'GET /things/1 200', path: '/things/1', route: '/things/:id', status: 200 },
      {
        msg: 'GET /things/broken/now 500',
        path: '/things/broken/now',
        route: '/things/broken/now',
        status: 500,
      },
      { msg: 'GET /nowhere 404', path: '/nowhere', route: undefined, status: 404 },
    ]);
    expect(logged[0]?.reqId).toBe('r1');
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('leaves out what is skipped', async () => {
    const { app, lines } = logging(accessLog({ skip: ({ path }) => path === '/things/1' }));
    await using client = await testClient(app);
    await client.get('/things/1');
    await client.get('/things/2');
    expect(lines.filter(({ ms }) => ms !== undefined).map(({ path }) => path)).toEqual([
      '/things/2',
    ]);
  });

  it('says that a client left', async () => {
    const { app, lines } = logging(accessLog());
    await using server = await listening(app);
    const response = await opened(server, '/things/stream/long');
    response.destroy();
    await (server as typeof server & { idle(): Promise<void> }).idle();
    while (lines.every(({ ms }) => ms === undefined))
      await new Promise((resolve) => setImmediate(resolve));
    expect(lines.find(({ ms }) => ms !== undefined)).toMatchObject({
      aborted: true,
      msg: 'GET /things/stream/long: the client left',
    });
  });
});
