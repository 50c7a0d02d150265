import {
  Controller,
  Depends,
  Get,
  Injectable,
  Request,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  provide,
} from 'vivace';
import { override, testClient } from 'vivace/testing';

const opened: string[] = [];
beforeEach(() => void (opened.length = 0));

const pool = dependency(
  async function* () {
    opened.push('pool');
    yield { rows: ['first'] };
    opened.push('pool closed');
  },
  { lifetime: 'singleton' },
);
type Pool = { rows: string[] };
const cache = dependency({ pool }, ({ pool: rows }) => ({ size: rows.rows.length }), {
  lifetime: 'singleton',
});
const user = dependency(
  { request: Request },
  ({ request }) => request.headers.get('x-user') ?? 'nobody',
);

abstract class Mailer {
  abstract send(): string;
}
@Injectable()
class Smtp extends Mailer {
  send(): string {
    return 'sent by SMTP';
  }
}
class FakeMailer extends Mailer {
  send(): string {
    return 'kept';
  }
}

@Controller()
class Rows {
  @Get('/rows')
  rows(@Depends(pool) rows: Pool): string[] {
    return rows.rows;
  }
  @Get('/add')
  add(@Depends(pool) rows: Pool, @Depends(user) name: string): number {
    return rows.rows.push(name);
  }
  @Get('/size')
  size(@Depends(cache) { size }: { size: number }): number {
    return size;
  }
  @Get('/mail')
  mail(mailer: Mailer): string {
    return mailer.send();
  }
  @WebSocketRoute('/socket')
  async socket(socket: WebSocket, @Depends(pool) rows: Pool): Promise<void> {
    await socket.sendJson(rows.rows);
  }
}
const app = new Vivace({ controllers: [Rows], provide: [provide(Mailer, Smtp)] });

describe('overrides of one request', () => {
  it('are gone with the next; the singletons that they do not concern stay the same', async () => {
    await using client = await testClient(app);
    expect((await client.get('/add', { overrides: [override(user, () => 'ann')] })).json()).toBe(2);
    expect((await client.get('/add')).json()).toBe(3);
    expect((await client.get('/rows')).json()).toEqual(['first', 'ann', 'nobody']);
    expect(opened).toEqual(['pool']);
  });

  it('open singletons of their own, and those that need them, for that request', async () => {
    await using client = await testClient(app);
    const mine = override(pool, async function* () {
      opened.push('mine');
      yield { rows: [] };
      opened.push('mine closed');
    });
    expect((await client.get('/size', { overrides: [mine] })).json()).toBe(0);
    expect(opened).toEqual(['pool', 'mine', 'mine closed']);
    expect((await client.get('/size')).json()).toBe(1);
  });

  it('come before those of the client; one that nothing uses is an error', async () => {
    await using client = await testClient(app, {
      overrides: [override(pool, () => ({ rows: ['theirs'] }))],
    });
    expect((await client.get('/rows')).json()).toEqual(['theirs']);
    expect(
      (
        await client.get('/rows', { overrides: [override(pool, () => ({ rows: ['its own'] }))] })
      ).json(),
    ).toEqual(['its own']);
    const nobodys = dependency(() => 1);
    await expect(client.get('/rows', { overrides: [override(nobodys, () => 2)] })).rejects.toThrow(
      'OVERRIDE_UNUSED',
    );
  });

  it('are those of a WebSocket as long as it is open', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/socket', {
      overrides: [override(pool, () => ({ rows: ['socket'] }))],
    });
    expect(await socket.receiveJson()).toEqual(['socket']);
  });
});

describe('forbidUnmocked', () => {
  const fakes = [override(Mailer, FakeMailer)];

  it('refuses an application that would use the real thing', async () => {
    await expect(testClient(app, { forbidUnmocked: [pool], overrides: fakes })).rejects.toThrow(
      'OVERRIDE_MISSING',
    );
    expect(opened).toEqual([]);
    await expect(testClient(app, { forbidUnmocked: [Mailer] })).rejects.toThrow(
      '[OVERRIDE_MISSING] forbidUnmocked: The application needs class Mailer',
    );
    await expect(testClient(app, { forbidUnmocked: [Smtp] })).rejects.toThrow(
      'The application needs class Smtp',
    );
  });

  it('is content with an override of it, of what it is provided by, or of what needs it', async () => {
    for (const fake of [override(Mailer, FakeMailer), override(Smtp, FakeMailer)]) {
      await using client = await testClient(app, {
        forbidUnmocked: [Mailer, Smtp],
        overrides: [fake],
      });
      expect((await client.get('/mail')).json()).toBe('kept');
    }
  });
});
