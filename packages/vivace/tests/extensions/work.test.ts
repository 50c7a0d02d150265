import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BackgroundTasks, Controller, dependency, Get, Vivace, type VivaceOptions } from 'vivace';
import {
  declareEntry,
  given,
  placeholder,
  workOf,
  type Extension,
  type Host,
  type Plan,
  type Work,
} from 'vivace/extend';
import { rateLimit } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { call, listening } from '../http';

/** What happened, in its order. */
const steps: string[] = [];
const singleton = (name: string) =>
  dependency(
    async function* () {
      steps.push(`open ${name}`);
      yield name;
      steps.push(`close ${name}`);
    },
    { lifetime: 'singleton', name },
  );
const database = singleton('database');
const broker = singleton('broker');
const gate = () => {
  let open: () => void = () => {};
  return { opened: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
};

@Controller()
class Home {
  @Get('/')
  read(tasks: BackgroundTasks): string {
    tasks.add(() => void steps.push('background task'));
    return 'home';
  }
}
/** An extension that works until it is stopped. */
const working = (name: string, own: Partial<Work> = {}): Extension => ({
  name,
  singletons: [database, broker],
  work: async () => {
    steps.push(`begin ${name}`);
    return { stop: async () => void steps.push(`stop ${name}`), idle: async () => {}, ...own };
  },
});
const app = (extensions: readonly Extension[], options: VivaceOptions = {}): Vivace =>
  new Vivace({ controllers: [Home], extensions, ...options });

beforeEach(() => void (steps.length = 0));

describe('the order', () => {
  it('of a start is settings, singletons, listening, then work; a stop is the reverse', async () => {
    const server = await listening(app([working('events'), working('jobs')]));
    expect((await call(server, '/')).status).toBe(200);
    await server.close();
    expect(steps).toEqual([
      'open database',
      'open broker',
      'begin events',
      'begin jobs',
      'background task',
      'stop events',
      'stop jobs',
      'close broker',
      'close database',
    ]);
  });

  it('lets requests and work end at the same time, and singletons close after both', async () => {
    const work = gate();
    const stopping = gate();
    const slow = working('events', {
      stop: async () => {
        stopping.open();
        await work.opened;
        steps.push('stop events');
      },
    });
    const server = await listening(app([slow, working('jobs')]));
    const closed = server.close();
    await stopping.opened;
    work.open();
    await closed;
    expect(steps.slice(-4)).toEqual(['stop jobs', 'stop events', 'close broker', 'close database']);
  });

  it('tells work how long it may take to stop', async () => {
    const given: number[] = [];
    const stop = async (milliseconds: number) => void given.push(milliseconds);
    const server = await listening(
      app([working('events', { stop })], { timeouts: { shutdown: 7 } }),
    );
    await server.close();
    expect(given).toHaveLength(1);
    expect(given[0]).toBeGreaterThan(0);
    expect(given[0]).toBeLessThanOrEqual(7000);
  });

  it('stays where work throws when it is stopped', async () => {
    const stop = () => Promise.reject(new Error('no answer'));
    const server = await listening(app([working('events', { stop }), working('jobs')]));
    await server.close();
    expect(steps.slice(-3)).toEqual(['stop jobs', 'close broker', 'close database']);
  });

  it('stays where work does not stop in time', async () => {
    const stop = () => new Promise<void>(() => {});
    const program = app([working('events', { stop }), working('jobs')], {
      timeouts: { shutdown: 0.05 },
    });
    const server = await listening(program);
    await server.close();
    expect(steps.slice(-3)).toEqual(['stop jobs', 'close broker', 'close database']);
  });
});

describe('/readyz', () => {
  const beginning = (begun: Promise<unknown>): Extension => ({
    ...working('events'),
    work: async () => {
      await begun;
      return { stop: async () => {}, idle: async () => {} };
    },
  });

  it('is not ready before all work has begun', async () => {
    const { opened, open } = gate();
    await using server = await listening(app([beginning(opened)]));
    expect((await call(server, '/readyz')).json).toEqual({
      status: 'unavailable',
      checks: { events: 'failed' },
    });
    expect((await call(server, '/livez')).status).toBe(200);
    open();
    await opened;
    expect((await call(server, '/readyz')).json).toEqual({
      status: 'ok',
      checks: { events: 'ok' },
    });
  });

  it('is not ready while work that died waits to begin anew', async () => {
    await using server = await listening(app([beginning(Promise.reject(new Error('refused')))]));
    expect((await call(server, '/readyz')).status).toBe(503);
  });
});

describe('the host of work', () => {
  const message = placeholder<string>('message');
  const rows: string[] = [];
  const row = dependency(
    { message, database },
    async function* ({ message: text, database: name }) {
      yield `${name}: ${text}`;
      rows.push(text);
    },
  );
  const handled = dependency({ row }, ({ row: text }) => text);
  const other = placeholder<string>('other');

  async function hostOf(options: VivaceOptions = {}) {
    let found: Host | undefined;
    const extension: Extension = {
      ...working('events'),
      work: async (host) => {
        found = host;
        return { stop: async () => {}, idle: async () => {} };
      },
    };
    const client = await testClient(app([extension], options));
    await workOf(client, 'events');
    return { host: found!, [Symbol.asyncDispose]: () => client.close() };
  }

  it('runs a dependency with values for its placeholders, and closes what that opened', async () => {
    await using events = await hostOf();
    rows.length = 0;
    const runs = ['a', 'b', 'c'].map((text) => events.host.run(handled, [given(message, text)]));
    expect(await Promise.all(runs)).toEqual(['database: a', 'database: b', 'database: c']);
    expect(rows).toEqual(['a', 'b', 'c']);
  });

  it('refuses a run without the values that it needs', async () => {
    await using events = await hostOf();
    for (const values of [[], [given(other, 'x')]])
      await expect(events.host.run(handled, values)).rejects.toMatchObject({
        code: 'PLACEHOLDER_OUTSIDE',
      });
  });

  it('gives singletons that are open, and nothing else', async () => {
    await using events = await hostOf();
    expect(events.host.get(database)).toBe('database');
    expect(() => events.host.get(singleton('another'))).toThrow('is no singleton that is open');
  });

  it('aborts its signal when work should end', async () => {
    const events = await hostOf();
    expect(events.host.signal.aborted).toBe(false);
    await events[Symbol.asyncDispose]();
    expect(events.host.signal.aborted).toBe(true);
  });
});

describe('in a test', () => {
  it('nothing runs by itself', async () => {
    await using client = await testClient(app([working('events')]));
    expect((await client.get('/readyz')).json()).toEqual({ status: 'ok' });
    expect(steps).toEqual(['open database', 'open broker']);
    await (await workOf(client, 'events')).idle();
    await (await workOf(client, 'events')).stop(1000);
    expect(steps.slice(2)).toEqual(['begin events', 'stop events']);
  });

  it('work knows that it is run by hand, unless it begins by itself', async () => {
    const seen: boolean[] = [];
    const noting: Extension = {
      ...working('events'),
      work: async ({ byHand }) => {
        seen.push(byHand);
        return { stop: async () => {}, idle: async () => {} };
      },
    };
    await using client = await testClient(app([noting]));
    await workOf(client, 'events');
    await using auto = await testClient(app([noting]), { work: 'auto' });
    await workOf(auto, 'events');
    expect(seen).toEqual([true, false]);
  });

  it('work begins by itself where the test says so', async () => {
    await using client = await testClient(app([working('events')]), { work: 'auto' });
    expect(steps.at(-1)).toBe('begin events');
    await (await workOf(client, 'events')).idle();
    expect(steps.filter((step) => step === 'begin events')).toHaveLength(1);
  });

  it('what starting it throws is thrown to who asks for it', async () => {
    const broken = { ...working('events'), work: () => Promise.reject(new Error('no broker')) };
    await using client = await testClient(app([broken]));
    await expect(workOf(client, 'events')).rejects.toThrow('no broker');
    await expect(workOf(client, 'jobs')).rejects.toThrow(
      "No extension 'jobs' works here; there is 'events'.",
    );
    await expect(workOf({}, 'events')).rejects.toThrow('not made by testClient');
  });
});

describe('a process', () => {
  it('that only works answers nothing but what is asked about its health', async () => {
    const plans: Plan[] = [];
    const events = { ...working('events'), check: (plan: Plan) => void plans.push(plan) };
    await using server = await app([events]).listen({ http: false, port: 0, handleSignals: false });
    expect(steps.at(-1)).toBe('begin events');
    const statuses = ['/livez', '/readyz', '/', '/docs', '/openapi.json'].map(
      async (path) => (await call(server, path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404, 404]);
    expect(plans.map(({ http, work }) => [http, work])).toEqual([[false, true]]);
  });

  it('that does not work leaves it to another', async () => {
    await using server = await app([working('events')]).listen({
      work: false,
      port: 0,
      handleSignals: false,
    });
    expect((await call(server, '/readyz')).json).toEqual({ status: 'ok' });
    expect(steps).toEqual(['open database', 'open broker']);
  });

  it.each([{ work: false }, { http: false }])(
    'that does only a part is one of several: %j',
    async (duties) => {
      const limited = app([working('events')], {
        middleware: [rateLimit({ limit: 1, seconds: 1 })],
      });
      await expect(limited.listen({ ...duties, port: 0 })).rejects.toMatchObject({
        code: 'STORE_IN_CLUSTER',
      });
    },
  );

  it('that is ended by SIGTERM finishes the 100 entries that it runs', async () => {
    const child = spawn(process.execPath, [join(__dirname, 'worker.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said === 'working\n') child.kill('SIGTERM');
    });
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect([said, signal]).toEqual(['working\n100 done\n', 'SIGTERM']);
  });
});

it('waits for entries that work has left behind before it closes what they use', async () => {
  const { opened, open } = gate();
  class Billing {
    async bill(): Promise<void> {
      await opened;
      steps.push('billed');
    }
  }
  declareEntry({ kind: 'event', target: Billing, method: 'bill', options: {} });
  const careless: Extension = {
    ...working('events'),
    entries: [Billing],
    work: async ({ entries }) => {
      void entries[0]!.call(undefined);
      return { stop: async () => open(), idle: async () => {} };
    },
  };
  const server = await listening(app([careless]));
  await server.close();
  expect(steps.slice(-3)).toEqual(['billed', 'close broker', 'close database']);
});
