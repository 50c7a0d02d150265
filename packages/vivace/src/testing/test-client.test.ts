import {
  BackgroundTasks,
  Body,
  Controller,
  Cookie,
  Depends,
  File,
  Form,
  Get,
  HTTPException,
  Post,
  Reply,
  Request,
  UploadFile,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  type Provided,
} from 'vivace';
import { PlainTextResponse, RedirectResponse } from 'vivace/responses';
import { override, testClient } from 'vivace/testing';

const visitor = dependency(() => 'nobody');
type Visitor = Provided<typeof visitor>;
const events: string[] = [];

@Controller()
class Probe {
  @Get('/headers')
  headers(request: Request): Record<string, string> {
    return Object.fromEntries(request.headers);
  }
  @Get('/url')
  url(request: Request): string {
    return request.url;
  }
  @Post('/json')
  json(@Body() value: Record<string, number>): Record<string, number> {
    return value;
  }
  @Post('/form')
  form(@Form() name: string, @Form() tags: string[]): string[] {
    return [name, ...tags];
  }
  @Post('/file')
  async file(@File() file: UploadFile, @Form() note: string): Promise<string[]> {
    return [file.filename, file.contentType, await file.text(), note];
  }
  @Get('/login')
  login(reply: Reply): null {
    reply.setCookie('session', 'a b');
    return null;
  }
  @Get('/logout')
  logout(reply: Reply): null {
    reply.deleteCookie('session');
    return null;
  }
  @Get('/cookie')
  cookie(@Cookie() session: string = 'none'): string {
    return session;
  }
  @Post('/old')
  old(): RedirectResponse {
    return new RedirectResponse('/json');
  }
  @Post('/done')
  done(): RedirectResponse {
    return new RedirectResponse('/url?done', { status: 303 });
  }
  @Get('/loop')
  loop(): RedirectResponse {
    return new RedirectResponse('/loop');
  }
  @Get('/away')
  away(): RedirectResponse {
    return new RedirectResponse('https://elsewhere.example/');
  }
  @Get('/boom')
  boom(): void {
    throw new RangeError('boom');
  }
  @Get('/caller')
  caller(request: Request): string[] {
    return [request.ip, request.fastify.protocol, request.fastify.host];
  }
  @WebSocketRoute('/caller')
  async calling(socket: WebSocket): Promise<void> {
    await socket.sendJson([socket.ip, socket.fastify.protocol, socket.fastify.host]);
  }
  @WebSocketRoute('/cookies')
  async cookies(socket: WebSocket): Promise<void> {
    await socket.accept({ headers: { 'set-cookie': 'session=new; Path=/' } });
    await socket.send(socket.cookies['session'] ?? 'none');
  }
  @WebSocketRoute('/boom')
  async booming(socket: WebSocket, early = false): Promise<void> {
    if (!early) await socket.accept();
    throw new RangeError('boom');
  }
  @Get('/refused')
  refused(): void {
    throw new HTTPException(403, 'no');
  }
  @Get('/visitor')
  visitor(@Depends(visitor) name: Visitor): string {
    return name;
  }
  @Get('/later')
  later(tasks: BackgroundTasks): PlainTextResponse {
    tasks.add((event: string) => events.push(event), 'task');
    return new PlainTextResponse('now');
  }
}

const lifespan = async function* (): AsyncGenerator<{ ready: boolean }> {
  events.push('open');
  yield { ready: true };
  events.push('close');
};
const app = new Vivace({ controllers: [Probe], lifespan });

describe('the test client', () => {
  it('sends the headers of a client, its own, and those of the request', async () => {
    await using client = await testClient(app, { headers: { 'X-Own': '1', accept: 'text/plain' } });
    const headers = (
      await client.get('/headers', { headers: { 'X-Request': '2' }, auth: ['ann', 'pw'] })
    ).json();
    expect(headers).toEqual({
      accept: 'text/plain',
      'accept-encoding': 'gzip, deflate',
      authorization: 'Basic YW5uOnB3',
      connection: 'keep-alive',
      host: 'testserver',
      'user-agent': 'testclient',
      'x-own': '1',
      'x-request': '2',
    });
  });

  it('sends params, JSON, forms and files', async () => {
    await using client = await testClient(app);
    expect((await client.get('/url', { params: { q: ['a', 'b'], n: 1 } })).json()).toBe(
      '/url?q=a&q=b&n=1',
    );
    expect((await client.post('/json', { json: { a: 1 } })).json()).toEqual({ a: 1 });
    expect((await client.post('/form', { form: { name: 'x', tags: ['y', 'z'] } })).json()).toEqual([
      'x',
      'y',
      'z',
    ]);
    const files = { file: { filename: 'a.txt', content: 'hello', contentType: 'text/plain' } };
    expect((await client.post('/file', { form: { note: 'n' }, files })).json()).toEqual([
      'a.txt',
      'text/plain',
      'hello',
      'n',
    ]);
  });

  it('keeps cookies until they are deleted, and never writes those of one request', async () => {
    await using client = await testClient(app);
    expect((await client.get('/login')).cookies).toEqual({ session: 'a b' });
    expect((await client.get('/cookie')).json()).toBe('a b');
    expect((await client.get('/cookie', { cookies: { session: 'other' } })).json()).toBe('other');
    expect((await client.get('/cookie')).json()).toBe('a b');
    await client.get('/logout');
    expect(client.cookies.size).toBe(0);
    expect((await client.get('/cookie')).json()).toBe('none');
  });

  it('follows redirects as a browser does', async () => {
    await using client = await testClient(app);
    const kept = await client.post('/old', { json: { a: 1 } });
    expect([kept.url, kept.json()]).toEqual(['http://testserver/json', { a: 1 }]);
    expect((await client.post('/done', { json: {} })).json()).toBe('/url?done');
    expect((await client.post('/done', { followRedirects: false })).status).toBe(303);
    expect((await client.get('/away')).headers.get('location')).toBe('https://elsewhere.example/');
    await expect(client.get('/loop')).rejects.toThrow('More than 20 redirects');
  });

  it('throws an unhandled error in the test, unless it is to be answered', async () => {
    await using client = await testClient(app);
    await expect(client.get('/boom')).rejects.toThrow(new RangeError('boom'));
    expect((await client.get('/refused')).status).toBe(403);
    await using quiet = await testClient(app, { raiseErrors: false });
    expect((await quiet.get('/boom')).status).toBe(500);
  });

  it('calls from the address and by the scheme that it is told', async () => {
    await using client = await testClient(app, {
      ip: '203.0.113.7',
      baseUrl: 'https://shop.example',
    });
    expect((await client.get('/caller')).json()).toEqual(['203.0.113.7', 'https', 'shop.example']);
    await using plain = await testClient(app);
    expect((await plain.get('/caller')).json()).toEqual(['127.0.0.1', 'http', 'testserver']);
    await using socket = await client.websocket('/caller');
    expect(await socket.receiveJson()).toEqual(['203.0.113.7', 'https', 'shop.example']);
  });

  it('keeps the cookies of a WebSocket', async () => {
    await using client = await testClient(app, { cookies: { session: 'old' } });
    await using socket = await client.websocket('/cookies');
    expect(await socket.receive()).toBe('old');
    expect((await client.get('/cookie')).json()).toBe('new');
  });

  it('throws what a WebSocket handler throws', async () => {
    await using client = await testClient(app);
    const socket = await client.websocket('/boom');
    await expect(socket.receive()).rejects.toThrow(new RangeError('boom'));
    await socket.close();
    await expect(client.websocket('/boom', { params: { early: true } })).rejects.toThrow(
      new RangeError('boom'),
    );
  });

  it('substitutes dependencies in one build only', async () => {
    await using client = await testClient(app, { overrides: [override(visitor, () => 'ann')] });
    await using other = await testClient(app);
    expect((await client.get('/visitor')).json()).toBe('ann');
    expect((await other.get('/visitor')).json()).toBe('nobody');
  });

  it('runs the lifespan, and waits for background tasks', async () => {
    events.length = 0;
    {
      await using client = await testClient(app);
      expect(client.server.state).toEqual({ ready: true });
      expect((await client.get('/later')).text).toBe('now');
      expect(events).toEqual(['open', 'task']);
    }
    expect(events).toEqual(['open', 'task', 'close']);
  });
});
