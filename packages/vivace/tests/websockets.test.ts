import { MinLength } from 'class-validator';
import {
  BackgroundTasks,
  Body,
  Controller,
  Cookie,
  Depends,
  Field,
  Get,
  HTTPException,
  Header,
  Query,
  RequestValidationError,
  Security,
  SecurityScopes,
  Vivace,
  WebSocket,
  WebSocketDisconnect,
  WebSocketException,
  WebSocketRoute,
  bytes,
  dependency,
  int,
  on,
  oneOf,
  type Middleware,
} from 'vivace';
import {
  accessLog,
  compress,
  cors,
  etag,
  httpsRedirect,
  processTime,
  rateLimit,
  requestId,
  securityHeaders,
  WebSession,
  sessions,
  timeout,
  trustedHosts,
} from 'vivace/middleware';
import { JSONResponse, PlainTextResponse } from 'vivace/responses';
import { HTTPBearer, OAuth2PasswordBearer } from 'vivace/security';
import { override, testClient, type TestSocket } from 'vivace/testing';

const trail: string[] = [];
const note = (event: string): void => void trail.push(event);
beforeEach(() => void (trail.length = 0));

class Join {
  kind!: 'join';
  @MinLength(1) name!: string;
}
class Say {
  kind!: 'say';
  text!: string;
  @Field({ alias: 'replyTo' }) reply_to: int | null = null;
}
class TeaError extends Error {}

const resource = dependency(
  async function* () {
    note('open');
    try {
      yield 'resource';
      note('commit');
    } catch (error) {
      note(`rollback ${(error as Error).name}`);
      throw error;
    } finally {
      note('close');
    }
  },
  { scope: 'request' },
);
const nothingGoes = dependency(() => {
  throw new HTTPException(418, 'teapot', { headers: { 'x-tea': 'green' } });
});
const bearer = new HTTPBearer();
const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token', scopes: { chat: 'Chat' } });
const user = dependency(
  { token: oauth2, required: SecurityScopes },
  ({ token, required }) => `${token} for ${required}`,
);

@Controller('/ws')
class Sockets {
  @Get('/echo')
  plain(): { plain: boolean } {
    return { plain: true };
  }
  @WebSocketRoute('/echo')
  async echo(socket: WebSocket): Promise<void> {
    for await (const text of socket.messages()) await socket.send(text);
    note('left');
  }
  @WebSocketRoute('/inputs/:room')
  async inputs(
    room: string,
    socket: WebSocket,
    times: int,
    @Header() userAgent: string,
    @Cookie() session: string | null = null,
    @Query({ alias: 'item-query' }) query?: string,
  ): Promise<void> {
    await socket.sendJson({ room, times, userAgent, session, query });
  }
  @WebSocketRoute('/binary')
  async binary(socket: WebSocket): Promise<void> {
    for await (const data of socket.messages(bytes)) await socket.send(data.toReversed());
  }
  @WebSocketRoute('/messages')
  async typed(socket: WebSocket): Promise<void> {
    for await (const message of socket.messages(oneOf(Join, Say))) {
      await socket.sendJson(message);
      note(message.constructor.name);
    }
  }
  @WebSocketRoute('/patient')
  async patient(socket: WebSocket): Promise<void> {
    for (;;) {
      try {
        await socket.sendJson(await socket.receive(Join));
      } catch (error) {
        if (!(error instanceof RequestValidationError)) throw error;
        await socket.sendJson(error.issues);
      }
    }
  }
  @WebSocketRoute('/protocol')
  async protocol(socket: WebSocket): Promise<void> {
    await socket.accept({ subprotocol: 'chat.v2', headers: { 'x-room': 'blue' } });
  }
  @WebSocketRoute('/late')
  async late(socket: WebSocket): Promise<void> {
    await socket.send('accepted');
    await socket.accept();
  }
  @WebSocketRoute('/refuse')
  async refuse(socket: WebSocket): Promise<void> {
    await socket.close(4003, 'not you');
    await socket.receive().catch((error: unknown) => note(String(error)));
  }
  @WebSocketRoute('/silent')
  async silent(): Promise<void> {}
  @WebSocketRoute('/close')
  async close(socket: WebSocket): Promise<void> {
    await socket.send('bye');
    await socket.close(4000, 'done');
    await socket.send('too late').catch((error: unknown) => note(String(error)));
  }
  @WebSocketRoute('/exception')
  async exception(socket: WebSocket, early = false): Promise<void> {
    if (!early) await socket.accept();
    throw new WebSocketException(4001, 'no ticket');
  }
  @WebSocketRoute('/http-exception')
  async httpException(socket: WebSocket): Promise<void> {
    await socket.accept();
    throw new HTTPException(403, 'not here');
  }
  @WebSocketRoute('/broken')
  async broken(socket: WebSocket, early = false): Promise<void> {
    if (!early) await socket.send('so far');
    throw new RangeError('a secret');
  }
  @WebSocketRoute('/tea')
  async tea(socket: WebSocket, early = false): Promise<void> {
    if (!early) await socket.accept();
    throw new TeaError('no tea');
  }
  @WebSocketRoute('/resource')
  async resource(
    socket: WebSocket,
    tasks: BackgroundTasks,
    @Depends(resource) name: string,
    fail = false,
  ): Promise<void> {
    tasks.add(note, 'task');
    await socket.send(name);
    await socket.receive();
    if (fail) throw new RangeError('failed');
  }
  @WebSocketRoute('/signal')
  async signal(socket: WebSocket, signal: AbortSignal): Promise<void> {
    await socket.accept();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    note(`aborted ${String(socket.signal === signal)}`);
  }
  @WebSocketRoute('/guarded')
  async guarded(socket: WebSocket, @Depends(bearer) token: { credentials: string }): Promise<void> {
    await socket.send(token.credentials);
  }
  @WebSocketRoute('/scopes')
  async scopes(socket: WebSocket, @Security(user, ['chat']) who: string): Promise<void> {
    await socket.send(who);
  }
  @WebSocketRoute('/no-tea', { dependencies: [nothingGoes] })
  async noTea(socket: WebSocket): Promise<void> {
    await socket.accept();
  }
}

const teas = [
  on(TeaError, (error, request, next) => {
    if (request.query.has('throw')) throw new WebSocketException(4007, error.message);
    return request.query.has('next') ? next() : new JSONResponse({ tea: false }, { status: 409 });
  }),
];
const app = new Vivace({ controllers: [Sockets], exceptions: teas });

/** What a refused or closed client learns. */
async function closed(
  socket: Promise<TestSocket>,
): Promise<readonly [code: number, reason: string]> {
  const error = await socket
    .then(
      (open) => open.receive(),
      (refused: unknown) => refused,
    )
    .catch((ended: unknown) => ended);
  if (!(error instanceof WebSocketDisconnect)) throw error;
  return [error.code, error.reason];
}

describe('a WebSocket route', () => {
  it('sends and receives text until the client leaves', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/echo');
    await socket.send('one');
    await socket.send('zwei äöü 🎈');
    expect([await socket.receive(), await socket.receive()]).toEqual(['one', 'zwei äöü 🎈']);
    await socket.close();
    expect(trail).toEqual(['left']);
  });

  it('stands beside a path operation of the same path', async () => {
    await using client = await testClient(app);
    expect((await client.get('/ws/echo')).json()).toEqual({ plain: true });
    expect((await client.post('/ws/echo')).headers.get('allow')).toBe('GET, HEAD');
    await using socket = await client.websocket('/ws/echo');
    await socket.send('both');
    expect(await socket.receive()).toBe('both');
  });

  it('is not in the document', async () => {
    await using client = await testClient(app);
    expect(Object.keys(client.server.openapi().paths)).toEqual(['/ws/echo']);
  });

  it('reads path, query, headers and cookies', async () => {
    await using client = await testClient(app, { cookies: { session: 's1' } });
    await using socket = await client.websocket('/ws/inputs/blue', {
      params: { times: 3, 'item-query': 'q' },
    });
    expect(await socket.receiveJson()).toEqual({
      room: 'blue',
      times: 3,
      userAgent: 'testclient',
      session: 's1',
      query: 'q',
    });
  });

  it('refuses a handshake whose inputs do not fit, with the issues for whoever looks', async () => {
    await using client = await testClient(app);
    const [code, reason] = await closed(
      client.websocket('/ws/inputs/blue', { params: { times: 'x' } }),
    );
    expect([code, reason]).toEqual([
      1008,
      'query.times: Input should be a valid integer, unable to parse string as an integer',
    ]);
  });

  it('sends and receives bytes', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws/binary');
    await socket.send(new Uint8Array([1, 2, 3]));
    expect(await socket.receiveBytes()).toEqual(new Uint8Array([3, 2, 1]));
    await socket.send('text');
    expect(await closed(Promise.resolve(socket))).toEqual([
      1008,
      'message: Input should be a valid bytes',
    ]);
  });

  it('validates messages as a union of DTOs, and writes them with their aliases', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws/messages');
    await socket.sendJson({ kind: 'join', name: 'ann', more: 1 });
    await socket.sendJson({ kind: 'say', text: 'hi', replyTo: '7' });
    expect([await socket.receiveJson(), await socket.receiveJson()]).toEqual([
      { kind: 'join', name: 'ann' },
      { kind: 'say', text: 'hi', replyTo: 7 },
    ]);
    expect(trail).toEqual(['Join', 'Say']);
  });

  it.each([
    [{ kind: 'join', name: '' }, 'message.join.name: String should have at least 1 character'],
    [
      { kind: 'leave' },
      "message: Input tag 'leave' found using 'kind' does not match any of the expected tags: 'join', 'say'",
    ],
  ])('closes 1008 for the message %j', async (message, reason) => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/messages');
    await socket.sendJson(message);
    expect(await closed(Promise.resolve(socket))).toEqual([1008, reason]);
  });

  it('closes 1008 for a message that is not JSON', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/messages');
    await socket.send('{"kind"');
    expect(await closed(Promise.resolve(socket))).toEqual([1008, 'message.7: JSON decode error']);
  });

  it('lets the program catch a message that does not fit, and go on', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws/patient');
    await socket.sendJson({ kind: 'join' });
    expect(await socket.receiveJson()).toEqual([
      { type: 'missing', loc: ['message', 'name'], msg: 'Field required', input: { kind: 'join' } },
    ]);
    await socket.sendJson({ kind: 'join', name: 'ann' });
    expect(await socket.receiveJson()).toEqual({ kind: 'join', name: 'ann' });
  });
});

describe('the handshake', () => {
  it('chooses a subprotocol that the client offers (W24), and carries headers', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws/protocol', {
      subprotocols: ['chat.v1', 'chat.v2'],
    });
    expect([socket.subprotocol, socket.headers.get('x-room')]).toEqual(['chat.v2', 'blue']);
    // A client that offers some gives up where none is chosen.
    expect(await closed(client.websocket('/ws/protocol', { subprotocols: ['soup'] }))).toEqual([
      1006,
      '',
    ]);
    await using none = await client.websocket('/ws/protocol');
    expect(none.subprotocol).toBeNull();
  });

  it('can be accepted once, and before the first use', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/late');
    expect(await socket.receive()).toBe('accepted');
    await expect(socket.receive()).rejects.toThrow(
      'call accept() before the first receive() or send()',
    );
  });

  it('is refused by close() before it was accepted', async () => {
    await using client = await testClient(app);
    expect(await closed(client.websocket('/ws/refuse'))).toEqual([4003, 'not you']);
    expect(trail).toEqual([
      'WebSocketDisconnect: The WebSocket was closed with code 4003: not you',
    ]);
  });

  it('is refused where the handler does not use the WebSocket', async () => {
    await using client = await testClient(app);
    expect(await closed(client.websocket('/ws/silent'))).toEqual([1000, '']);
  });

  it('is refused with 404 where there is no WebSocket, whatever else there is', async () => {
    await using client = await testClient(app);
    for (const path of ['/nowhere', '/openapi.json', '/ws/echo/'])
      await expect(client.websocket(path)).rejects.toThrow('The handshake was refused with 404');
  });

  it('is answered by exception handlers before it is accepted, and by 500 where there are none', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    await expect(client.websocket('/ws/tea', { params: { early: true } })).rejects.toThrow(
      'refused with 409',
    );
    expect(
      await closed(client.websocket('/ws/tea', { params: { early: true, throw: 1 } })),
    ).toEqual([4007, 'no tea']);
    await expect(client.websocket('/ws/tea', { params: { early: true, next: 1 } })).rejects.toThrow(
      'refused with 500',
    );
    await expect(client.websocket('/ws/broken', { params: { early: true } })).rejects.toThrow(
      'refused with 500',
    );
    await expect(client.websocket('/ws/no-tea')).rejects.toThrow('refused with 418');
    expect(await closed(client.websocket('/ws/exception', { params: { early: true } }))).toEqual([
      4001,
      'no ticket',
    ]);
  });
});

describe('the end of a WebSocket', () => {
  it('has the code and reason of the program', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    const socket = await client.websocket('/ws/close');
    expect(await socket.receive()).toBe('bye');
    expect(await closed(Promise.resolve(socket))).toEqual([4000, 'done']);
    expect(trail).toEqual(['WebSocketDisconnect: The WebSocket was closed with code 4000: done']);
    expect(await closed(client.websocket('/ws/exception'))).toEqual([4001, 'no ticket']);
    expect(await closed(client.websocket('/ws/http-exception'))).toEqual([1008, 'not here']);
  });

  it('is 1000 after the handler, and 1011 without a word about it after an error', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    expect(await closed(client.websocket('/ws/protocol'))).toEqual([1000, '']);
    const socket = await client.websocket('/ws/broken');
    expect(await socket.receive()).toBe('so far');
    expect(await closed(Promise.resolve(socket))).toEqual([1011, '']);
  });

  it('is decided by exception handlers', async () => {
    await using client = await testClient(app, { raiseErrors: false });
    expect(await closed(client.websocket('/ws/tea'))).toEqual([1008, '']);
    expect(await closed(client.websocket('/ws/tea', { params: { throw: 1 } }))).toEqual([
      4007,
      'no tea',
    ]);
    expect(await closed(client.websocket('/ws/tea', { params: { next: 1 } }))).toEqual([1011, '']);
  });

  it('aborts the signal', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/signal');
    await socket.close();
    expect(trail).toEqual(['aborted true']);
  });
});

describe('dependencies of a WebSocket', () => {
  it('stay open as long as the connection; tasks run after it', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/ws/resource');
    expect(await socket.receive()).toBe('resource');
    expect(trail).toEqual(['open']);
    await socket.send('go');
    await socket.close();
    expect(trail).toEqual(['open', 'task', 'commit', 'close']);
  });

  it('see the error of the handler, or that the client has left', async () => {
    await using client = await testClient(app);
    const failing = await client.websocket('/ws/resource', { params: { fail: true } });
    await failing.send('go');
    await expect(failing.close()).rejects.toThrow(new RangeError('failed'));
    expect(trail).toEqual(['open', 'rollback RangeError', 'close']);
    trail.length = 0;
    const leaving = await client.websocket('/ws/resource');
    await leaving.close(4009, 'gone');
    expect(trail).toEqual(['open', 'rollback WebSocketDisconnect', 'close', 'task']);
  });

  it('may be security schemes, which refuse with their challenge', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/ws/guarded', {
      headers: { authorization: 'Bearer t' },
    });
    expect(await socket.receive()).toBe('t');
    await expect(client.websocket('/ws/guarded')).rejects.toThrow('refused with 401');
    await using scoped = await client.websocket('/ws/scopes', {
      headers: { authorization: 'Bearer t' },
    });
    expect(await scoped.receive()).toBe('t for chat');
  });

  it('are substituted in tests', async () => {
    await using client = await testClient(app, {
      overrides: [override(bearer, () => ({ scheme: 'x', credentials: 'fake' }))],
    });
    await using socket = await client.websocket('/ws/guarded');
    expect(await socket.receive()).toBe('fake');
  });
});

describe('middleware', () => {
  const mark: Middleware = async (request, next) => {
    request.state['who'] = 'ann';
    const response = await next();
    note(`${request.path} ${response.status}`);
    response.headers.set('x-seen', 'yes');
    return response;
  };
  const gate: Middleware = (request, next) =>
    request.query.has('shut') ? new PlainTextResponse('shut', { status: 429 }) : next();

  @Controller('', { middleware: [gate] })
  class Stated {
    @WebSocketRoute('/who')
    async who(socket: WebSocket): Promise<void> {
      await socket.send(String(socket.state['who']));
    }
  }
  const layered = new Vivace({ controllers: [Stated], middleware: [mark] });

  it('sees the handshake, whose answer is a response of status 101', async () => {
    await using client = await testClient(layered);
    await using socket = await client.websocket('/who');
    expect([await socket.receive(), socket.headers.get('x-seen')]).toEqual(['ann', 'yes']);
    expect(trail).toEqual(['/who 101']);
  });

  it('may refuse it; unknown paths pass it too', async () => {
    await using client = await testClient(layered);
    await expect(client.websocket('/who', { params: { shut: 1 } })).rejects.toThrow(
      'refused with 429',
    );
    await expect(client.websocket('/nowhere')).rejects.toThrow('refused with 404');
    expect(trail).toEqual(['/who 429', '/nowhere 404']);
  });
});

describe('a WebSocket', () => {
  const greeting = dependency(
    { socket: WebSocket, language: Query(String, { default: 'en' }) },
    ({ socket, language }) => `${language} ${socket.ip}`,
  );

  @Controller()
  class Greeter {
    @WebSocketRoute('/greet')
    async greet(socket: WebSocket, @Depends(greeting) text: string): Promise<void> {
      await socket.send(text);
    }
  }
  @Controller()
  class NoSocket {
    @Get('/greet')
    greet(@Depends(greeting) text: string): string {
      return text;
    }
  }

  it('is given to dependencies that need it, which a path operation cannot have', async () => {
    await using client = await testClient(new Vivace({ controllers: [Greeter] }));
    await using socket = await client.websocket('/greet', { params: { language: 'de' } });
    expect(await socket.receive()).toBe('de 127.0.0.1');
    await expect(testClient(new Vivace({ controllers: [NoSocket] }))).rejects.toThrow(
      'CONTEXT_ABSENT',
    );
  });

  it('is reached in an application that is mounted, through the middleware of the one around it', async () => {
    const seen: string[] = [];
    const outer: Middleware = (request, next) => {
      seen.push(request.url);
      return next();
    };
    const app = new Vivace({ middleware: [outer] }).mount(
      '/inner',
      new Vivace({ controllers: [Greeter] }),
    );
    await using client = await testClient(app);
    await using socket = await client.websocket('/inner/greet');
    expect([await socket.receive(), seen]).toEqual(['en 127.0.0.1', ['/inner/greet']]);
    await expect(client.websocket('/greet')).rejects.toThrow('refused with 404');
  });
});

describe('ready-made middleware', () => {
  @Controller()
  class Visited {
    @WebSocketRoute('/visit')
    async visit(socket: WebSocket, session: WebSession<{ visits: number }>): Promise<void> {
      session.data.visits = (session.data.visits ?? 0) + 1;
      await socket.accept();
      for await (const text of socket.messages())
        await socket.send(`${text} ${session.data.visits}`);
    }
  }
  const middleware = [
    requestId(),
    accessLog(),
    processTime(),
    trustedHosts(['testserver']),
    securityHeaders(),
    cors({ origins: ['https://shop.example'], credentials: true }),
    compress({ minSize: 0 }),
    etag(),
    rateLimit({ limit: 3, seconds: 60 }),
    timeout(5),
    sessions({ secret: 'a secret of more than thirty-two characters' }),
  ];
  const guarded = new Vivace({ controllers: [Visited], middleware });

  it('works for handshakes', async () => {
    await using client = await testClient(guarded);
    for (const visits of [1, 2]) {
      await using socket = await client.websocket('/visit', {
        headers: { origin: 'https://shop.example' },
      });
      await socket.send('visits:');
      expect([await socket.receive(), socket.headers.get('x-request-id')]).toEqual([
        `visits: ${visits}`,
        expect.any(String),
      ]);
    }
    await expect(client.websocket('/visit', { headers: { host: 'evil.example' } })).rejects.toThrow(
      'refused with 400',
    );
    await expect(client.websocket('/visit').then(() => client.websocket('/visit'))).rejects.toThrow(
      'refused with 429',
    );
  });

  it('sends handshakes to wss', async () => {
    await using client = await testClient(
      new Vivace({ controllers: [Sockets], middleware: [httpsRedirect()] }),
    );
    await expect(client.websocket('/ws/echo')).rejects.toThrow('refused with 307');
    await using secure = await testClient(
      new Vivace({ controllers: [Sockets], middleware: [httpsRedirect()] }),
      {
        baseUrl: 'https://testserver',
      },
    );
    await using socket = await secure.websocket('/ws/echo');
    await socket.send('safe');
    expect(await socket.receive()).toBe('safe');
  });
});

describe('at boot', () => {
  it('a WebSocket has no body, and two have not one path', async () => {
    @Controller()
    class WithBody {
      @WebSocketRoute('/body')
      async body(socket: WebSocket, @Body() item: Join): Promise<void> {
        await socket.sendJson(item);
      }
    }
    @Controller()
    class Twice {
      @WebSocketRoute('/:a')
      async first(a: string, socket: WebSocket): Promise<void> {
        await socket.send(a);
      }
      @WebSocketRoute('/:b')
      async second(b: string, socket: WebSocket): Promise<void> {
        await socket.send(b);
      }
    }
    await expect(testClient(new Vivace({ controllers: [WithBody] }))).rejects.toThrow(
      'socket.receive(Type) for a message',
    );
    await expect(testClient(new Vivace({ controllers: [Twice] }))).rejects.toThrow(
      'WebSocket /:b is already answered by Twice.first',
    );
  });
});
