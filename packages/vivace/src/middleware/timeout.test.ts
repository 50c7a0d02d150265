import { BackgroundTasks, Controller, Get, Vivace, dependency, type Server } from 'vivace';
import { cors, timeout } from 'vivace/middleware';
import { StreamingResponse } from 'vivace/responses';
import { call, listening } from '../../tests/http';

const events: string[] = [];
let finish = (): void => {};
let finished = Promise.resolve();

const unit = dependency(async function* () {
  try {
    yield 'unit';
    events.push('committed');
  } catch (error) {
    events.push(`rolled back: ${(error as { status: number }).status}`);
    throw error;
  } finally {
    finish();
  }
});
const later = dependency(
  async function* () {
    yield 'later';
    events.push('never said');
  },
  { scope: 'request' },
);

@Controller('/slow', { middleware: [timeout(0.05)] })
class Slow {
  @Get('/heeding')
  async heeding(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        events.push(`aborted: ${(signal.reason as { status: number }).status}`);
        reject(signal.reason);
      });
    });
  }
  @Get('/deaf', { dependencies: [unit, later] })
  async deaf(tasks: BackgroundTasks): Promise<string> {
    await answered;
    tasks.add(() => void events.push('task'));
    return 'too late';
  }
  @Get('/quick')
  quick(signal: AbortSignal): boolean {
    return signal.aborted;
  }
  @Get('/stream')
  stream(): StreamingResponse {
    return new StreamingResponse(patient());
  }
}
let answered = Promise.resolve();

async function* patient(): AsyncGenerator<string> {
  yield 'a';
  await new Promise((resolve) => setTimeout(resolve, 100));
  yield 'b';
}

let server: Server;
beforeAll(async () => {
  const app = new Vivace({
    controllers: [Slow],
    middleware: [cors({ origins: ['https://shop.example'] }), timeout(10)],
  });
  server = await listening(app);
});
afterAll(() => server.close());
beforeEach(() => {
  events.length = 0;
  finished = new Promise((resolve) => (finish = resolve));
});

describe('timeout', () => {
  it('answers 504 and aborts the signal', async () => {
    const { status, json, headers } = await call(server, '/slow/heeding', {
      headers: { origin: 'https://shop.example' },
    });
    expect([status, json]).toEqual([504, { detail: 'Gateway Timeout' }]);
    expect(headers['access-control-allow-origin']).toBe('https://shop.example');
    expect(events).toEqual(['aborted: 504']);
  });

  it('lets nothing of a handler count that goes on all the same', async () => {
    let release = (): void => {};
    answered = new Promise((resolve) => (release = resolve));
    expect((await call(server, '/slow/deaf')).status).toBe(504);
    expect(events).toEqual([]);
    release();
    await finished;
    await (server as Server & { idle(): Promise<void> }).idle();
    expect(events).toEqual(['rolled back: 504']);
  });

  it('leaves what is in time alone, and streams once they have begun', async () => {
    expect((await call(server, '/slow/quick')).json).toBe(false);
    expect((await call(server, '/slow/stream')).text).toBe('ab');
  });
});
