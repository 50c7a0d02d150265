import { Controller, dependency, Depends, Get, Post, Route, Vivace, WebSocketRoute } from 'vivace';
import { declareEntry, Occasion, type Extension } from 'vivace/extend';
import { testClient } from 'vivace/testing';

const seen: object[] = [];
const note = dependency({ occasion: Occasion }, ({ occasion }) => {
  const { kind, readsOnly, lasts, handler } = occasion;
  seen.push({
    kind,
    readsOnly,
    lasts,
    handler: handler && `${handler.type.name}.${handler.method}`,
  });
});

@Controller('/things')
class Things {
  constructor(@Depends(note) readonly noted: void) {}
  @Get('/')
  list(): string {
    return 'list';
  }
  @Post('/')
  add(): string {
    return 'added';
  }
  @Route(['GET', 'POST'], '/both')
  both(): string {
    return 'both';
  }
  @Get('/lines')
  async *lines(): AsyncGenerator<string> {
    yield 'line';
  }
  @WebSocketRoute('/socket')
  socket(): void {}
}
class Handler {
  constructor(@Depends(note) readonly noted: void) {}
  take(): void {}
}
declareEntry({ kind: 'event', target: Handler, method: 'take', options: {} });
const events: Extension = { name: 'events', entries: [Handler] };

describe('an occasion', () => {
  const app = new Vivace({ controllers: [Things], extensions: [events] });

  it('says what a dependency is opened for', async () => {
    await using client = await testClient(app);
    await client.get('/things/');
    await client.post('/things/');
    await client.get('/things/both');
    await client.get('/things/lines');
    // It is called, and closes a socket that it has not accepted.
    await expect(client.websocket('/things/socket')).rejects.toThrow('1000');
    expect(seen).toEqual([
      { kind: 'http', readsOnly: true, lasts: false, handler: 'Things.list' },
      { kind: 'http', readsOnly: false, lasts: false, handler: 'Things.add' },
      { kind: 'http', readsOnly: false, lasts: false, handler: 'Things.both' },
      { kind: 'http', readsOnly: true, lasts: true, handler: 'Things.lines' },
      { kind: 'socket', readsOnly: false, lasts: true, handler: 'Things.socket' },
    ]);
  });

  it('is that of a run outside of operations', async () => {
    seen.length = 0;
    await app.run(dependency({ note }, () => undefined));
    expect(seen).toEqual([{ kind: 'run', readsOnly: false, lasts: false, handler: undefined }]);
  });

  it('is known to no singleton', async () => {
    const kept = dependency({ occasion: Occasion }, () => 1, { lifetime: 'singleton' });
    const broken = new Vivace({ controllers: [Things], dependencies: [kept] });
    await expect(broken.build()).rejects.toMatchObject({ code: 'CAPTIVE_DEPENDENCY' });
  });
});
