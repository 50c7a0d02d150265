import { once } from 'node:events';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Controller, Depends, Get, Vivace, dependency } from 'vivace';
import { timeout } from 'vivace/middleware';

const ROUNDS = 20;

/** Two dependencies of which one needs the other: each notes when it opens and closes. */
function watched() {
  const open = { outer: 0, inner: 0 };
  const closed = { outer: 0, inner: 0 };
  const outOfOrder: string[] = [];
  const outer = dependency(async function* () {
    open.outer += 1;
    const state = { inner: false };
    try {
      yield state;
    } finally {
      if (state.inner) outOfOrder.push('outer closed before inner');
      closed.outer += 1;
    }
  });
  const inner = dependency({ outer }, function* ({ outer: state }) {
    open.inner += 1;
    state.inner = true;
    try {
      yield 'inner';
    } finally {
      state.inner = false;
      closed.inner += 1;
    }
  });
  return { open, closed, outOfOrder, inner };
}

describe('whatever way a request ends', () => {
  it('each dependency that was opened is closed once, the last opened first', async () => {
    const { open, closed, outOfOrder, inner } = watched();
    @Controller()
    class Ways {
      @Get('/returns')
      returns(@Depends(inner) value: string): string {
        return value;
      }
      @Get('/throws')
      throws(@Depends(inner) _value: string): string {
        throw new Error('bug');
      }
      @Get('/rejects')
      async rejects(@Depends(inner) _value: string): Promise<string> {
        await sleep(1);
        throw new Error('bug');
      }
      @Get('/misfits')
      misfits(@Depends(inner) _value: string): number {
        return 'no number' as never;
      }
      @Get('/breaks')
      async *breaks(@Depends(inner) _value: string): AsyncIterable<number> {
        yield 1;
        throw new Error('bug');
      }
      @Get('/late')
      async late(@Depends(inner) _value: string, signal: AbortSignal): Promise<string> {
        await once(signal, 'abort');
        return 'too late';
      }
      @Get('/left')
      async *left(@Depends(inner) _value: string, signal: AbortSignal): AsyncIterable<number> {
        yield 1;
        await sleep(60_000, undefined, { signal });
      }
    }
    await using server = await new Vivace({
      controllers: [Ways],
    }).listen({ port: 0, handleSignals: false });
    await using hurried = await new Vivace({
      controllers: [Ways],
      timeouts: { handler: 0.1 },
    }).listen({ port: 0, handleSignals: false });
    const statuses = async (path: string): Promise<readonly number[]> => {
      const answers = Array.from({ length: ROUNDS }, async () => {
        const leaving = new AbortController();
        const answer = await fetch((path === '/late' ? hurried : server).url + path, {
          signal: leaving.signal,
        });
        if (path === '/left') leaving.abort();
        await answer.text().catch(() => '');
        return answer.status;
      });
      return [...new Set(await Promise.all(answers))];
    };
    const ends: Record<string, number> = {
      returns: 200,
      throws: 500,
      rejects: 500,
      misfits: 500,
      breaks: 200,
      late: 503,
      left: 200,
    };
    for (const [way, status] of Object.entries(ends))
      expect([way, await statuses(`/${way}`)]).toEqual([way, [status]]);
    const all = ROUNDS * Object.keys(ends).length;
    while (closed.outer < all) await sleep(10);
    expect([open, closed, outOfOrder]).toEqual([
      { outer: all, inner: all },
      { outer: all, inner: all },
      [],
    ]);
  });

  it.each(['left', 'late', 'hurried'] as const)(
    '%s: it ends before what it uses is closed',
    async (way) => {
      const trail: string[] = [];
      const [begun, closing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const pool = dependency(
        async function* () {
          yield 'pool';
          trail.push('pool closed');
        },
        { lifetime: 'singleton' },
      );
      const session = dependency({ pool }, async function* () {
        try {
          yield 'session';
        } finally {
          trail.push('session closed');
        }
      });
      @Controller()
      class Ways {
        @Get('/left')
        async left(@Depends(session) _session: string, signal: AbortSignal): Promise<void> {
          begun.resolve();
          await once(signal, 'abort');
          // As a statement of a database, which hears no signal.
          await sleep(50);
          trail.push('handler ended');
        }
        @Get('/hurried', { middleware: [timeout(0.1)] })
        @Get('/late')
        async late(@Depends(session) _session: string): Promise<void> {
          begun.resolve();
          await closing.promise;
          for (let turns = 0; turns < 20; turns++) await turn();
          trail.push('handler ended');
        }
      }
      const server = await new Vivace({
        controllers: [Ways],
        timeouts: way === 'late' ? { handler: 0.1 } : {},
      })
        .plugin((fastify) => void fastify.addHook('onClose', async () => closing.resolve()))
        .listen({ port: 0, handleSignals: false });
      const leaving = new AbortController();
      const answer = fetch(`${server.url}/${way}`, { signal: leaving.signal });
      await begun.promise;
      if (way === 'left') leaving.abort();
      await answer.catch(() => undefined);
      await server.close();
      expect(trail).toEqual(['handler ended', 'session closed', 'pool closed']);
    },
  );
});
