import { BackgroundTasks, Controller, Get, HTTPException, Vivace } from 'vivace';
import { declareEntry, type Entry, type Plan } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { telemetry, type ErrorContext } from '@vivace/telemetry';
import { sentry } from '@vivace/telemetry/sentry';
import { Collector } from './collector';

@Controller('/things')
class Things {
  @Get('/broken') broken(): void {
    throw new TypeError('broken');
  }
  @Get('/task') task(tasks: BackgroundTasks): void {
    tasks.add(function sendMail() {
      throw new Error('no mail');
    });
  }
  @Get('/refused') refused(): void {
    throw new HTTPException(409, 'taken');
  }
}
const Consume = (target: object, method: string): void =>
  declareEntry({ kind: 'event', target, method, options: {} });
class Billing {
  @Consume bill(): void {
    throw new Error('no order');
  }
}

class Told {
  readonly errors: (readonly [error: unknown, context: ErrorContext])[] = [];
  entries: readonly Entry[] = [];
  app(errors = this.#note): Vivace {
    const check = (plan: Plan): void => void (this.entries = plan.entries);
    return new Vivace({
      controllers: [Things],
      extensions: [telemetry({ errors }), { name: 'events', entries: [Billing], check }],
      logger: false,
    });
  }
  readonly #note = (error: unknown, context: ErrorContext): void =>
    void this.errors.push([error, context]);
}

describe('an error that nobody handled', () => {
  it('is told once, with its operation, request and trace', async () => {
    await using collector = await Collector.open();
    const told = new Told();
    {
      await using client = await testClient(told.app(), {
        raiseErrors: false,
        env: collector.env,
      });
      await client.get('/things/broken');
    }
    const { traceId } = await collector.span('GET /things/broken');
    expect(told.errors).toEqual([
      [
        new TypeError('broken'),
        {
          operation: expect.stringContaining('GET /things/broken: Things.broken ('),
          requestId: expect.any(String),
          traceId,
        },
      ],
    ]);
  });

  it('is told of background tasks and entry points too, and of nothing that is an answer', async () => {
    const told = new Told();
    await using client = await testClient(told.app(), { raiseErrors: false });
    await client.get('/things/task');
    await client.get('/things/refused');
    await client.get('/nothing');
    await expect(told.entries[0]!.call(undefined)).rejects.toThrow('no order');
    expect(told.errors.map(([error]) => (error as Error).message)).toEqual(['no mail', 'no order']);
    expect(told.errors[1]![1]).toEqual({ operation: 'Billing.bill' });
  });

  it('goes to Sentry where its package is installed, and to nobody without an address', () => {
    expect(() => sentry('https://key@sentry.example.org/1')).toThrow(
      '[SENTRY_MISSING] sentry(dsn)',
    );
    expect(sentry('')(new Error('unheard'), { operation: 'GET /' })).toBeUndefined();
  });

  it('is answered all the same where telling it fails', async () => {
    const told = new Told();
    const app = told.app(() => {
      throw new Error('telling failed');
    });
    await using client = await testClient(app, { raiseErrors: false });
    expect((await client.get('/things/broken')).status).toBe(500);
  });
});
