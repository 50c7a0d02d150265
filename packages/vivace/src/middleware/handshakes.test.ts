import { Controller, Get, Post, Vivace, WebSocket, WebSocketRoute, type Middleware } from 'vivace';
import {
  accessLog,
  compress,
  httpsRedirect,
  memoryStore,
  rateLimit,
  requestId,
  securityHeaders,
  WebSession,
  sessions,
  trustedHosts,
} from 'vivace/middleware';
import { testClient, type TestClient } from 'vivace/testing';

@Controller()
class Chat {
  @Post('/login')
  login(session: WebSession<{ user: string }>): null {
    session.data.user = 'ann';
    return null;
  }
  @WebSocketRoute('/chat')
  async chat(socket: WebSocket, session: WebSession<{ user: string }>): Promise<void> {
    await socket.send(session.data.user ?? 'nobody');
  }
  @Get('/plain')
  plain(): null {
    return null;
  }
}
const secret = 'mT4xQ8zN2vR6bK1cJ7wE5pS9dF3gH0jL';
const client = (...middleware: Middleware[]): Promise<TestClient> =>
  testClient(
    new Vivace({
      controllers: [Chat],
      middleware: [sessions({ secret, store: memoryStore() }), ...middleware],
    }),
  );

describe('a handshake', () => {
  it('goes through what watches and shapes responses as it is', async () => {
    await using visitor = await client(
      requestId(),
      accessLog(),
      securityHeaders(),
      compress({ minSize: 0 }),
    );
    await using socket = await visitor.websocket('/chat');
    expect(await socket.receive()).toBe('nobody');
  });

  it('has the session of its visitor', async () => {
    await using visitor = await client();
    await visitor.post('/login');
    await using socket = await visitor.websocket('/chat');
    expect(await socket.receive()).toBe('ann');
  });

  it.each([
    ['another host', trustedHosts(['shop.example'])],
    ['http', httpsRedirect()],
    ['too many', rateLimit({ limit: 0, seconds: 60 })],
  ])('is refused as a request is: %s', async (_, middleware) => {
    await using visitor = await client(middleware);
    await expect(visitor.websocket('/chat')).rejects.toThrow();
  });

  it('without sessions around it is a boot error where one is injected', async () => {
    await expect(new Vivace({ controllers: [Chat] }).build()).rejects.toThrow('SESSION_MISSING');
  });
});
