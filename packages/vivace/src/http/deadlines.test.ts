import { Controller, Depends, Get, Request, Vivace, dependency } from 'vivace';
import { testClient } from 'vivace/testing';
import { asItIs, Deadlines } from './deadlines';

const never = (): Promise<string> => new Promise(() => {});

describe('deadlines', () => {
  it('give the answer that comes in time, and its error', async () => {
    const deadlines = new Deadlines(10_000);
    await expect(deadlines.limit(Promise.resolve(1), asItIs)).resolves.toBe(1);
    await expect(deadlines.limit(Promise.reject(new RangeError('no')), asItIs)).rejects.toThrow(
      'no',
    );
  });

  it('answer 503 for each that is late, in the order in which they began', async () => {
    const deadlines = new Deadlines(20);
    const order: number[] = [];
    const late = [1, 2, 3].map((number) =>
      deadlines.limit(never(), asItIs, '', { waited: 0, expire: () => void order.push(number) }),
    );
    await expect(Promise.all(late)).rejects.toMatchObject({ status: 503 });
    await Promise.allSettled(late);
    expect(order).toEqual([1, 2, 3]);
    await expect(deadlines.limit(never(), asItIs)).rejects.toMatchObject({ status: 503 });
  });

  it('know who is being waited for, whichever of them ends first', async () => {
    const deadlines = new Deadlines(10_000);
    const answers = ['first', 'second', 'third'].map((name) => ({
      name,
      ...Promise.withResolvers<string>(),
    }));
    const limited = answers.map(({ name, promise }) => deadlines.limit(promise, asItIs, name));
    expect([...deadlines.names()]).toEqual(['first', 'second', 'third']);
    for (const [ended, left] of [
      [1, ['first', 'third']],
      [2, ['first']],
      [0, []],
    ] as const) {
      answers[ended]?.resolve('');
      await limited[ended];
      expect([...deadlines.names()]).toEqual(left);
    }
  });

  it('last until what is made of the answer is there too', async () => {
    const deadlines = new Deadlines(20);
    await expect(deadlines.limit(Promise.resolve(2), (answer) => answer + 1)).resolves.toBe(3);
    await expect(deadlines.limit(Promise.resolve(), never)).rejects.toMatchObject({ status: 503 });
    await expect(
      deadlines.limit(Promise.resolve(), () => Promise.reject(new RangeError('late'))),
    ).rejects.toThrow('late');
  });

  it('are those of handlers: the client is answered, the signal aborted, and clean-up waits for the handler', async () => {
    const events: string[] = [];
    const closed = Promise.withResolvers<void>();
    let finish = (): void => {};
    const session = dependency(function* () {
      try {
        yield 'session';
      } finally {
        events.push('closed');
        closed.resolve();
      }
    });
    @Controller()
    class Slow {
      @Get('/')
      async slow(request: Request, @Depends(session) _session: string): Promise<string> {
        request.signal.addEventListener('abort', () => events.push('aborted'));
        await new Promise<void>((resolve) => (finish = resolve));
        events.push('finished');
        return 'late';
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Slow], timeouts: { handler: 0.02 } }),
    );
    const answer = client.server.fastify.inject('/').then((response) => response.statusCode);
    await expect(answer).resolves.toBe(503);
    expect(events).toEqual(['aborted']);
    finish();
    await closed.promise;
    expect(events).toEqual(['aborted', 'finished', 'closed']);
  });
});

describe('the signal of a request', () => {
  it('is aborted when the client leaves', async () => {
    const left = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    @Controller()
    class Slow {
      @Get('/')
      async slow(signal: AbortSignal): Promise<string> {
        signal.addEventListener('abort', () => left.resolve());
        begun.resolve();
        await left.promise;
        return 'nobody reads this';
      }
    }
    await using server = await new Vivace({ controllers: [Slow] }).listen({
      port: 0,
      handleSignals: false,
    });
    const leaving = new AbortController();
    const request = fetch(`${server.url}/`, { signal: leaving.signal });
    await begun.promise;
    leaving.abort();
    await expect(request).rejects.toThrow();
    await left.promise;
  });
});
