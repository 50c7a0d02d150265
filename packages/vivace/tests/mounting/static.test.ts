import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, HTTPException, Request, Vivace, WebSocket, WebSocketRoute } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';

const folder = mkdtempSync(join(tmpdir(), 'vivace-static-'));
const dist = join(folder, 'dist');
const write = (path: string, text: string): void => {
  mkdirSync(join(dist, path, '..'), { recursive: true });
  writeFileSync(join(dist, path), text);
};
write('index.html', 'shell');
write('assets/app.js', 'console.log(1)');
write('assets/with space.txt', 'spaced');
write('about/index.html', 'about');
write('api/index.html', 'front end');
write('.env', 'SECRET=1');
write('.well-known/security.txt', 'Contact: us');
write('.git/config', 'secret');
writeFileSync(join(folder, 'secret.txt'), 'secret');
symlinkSync(join(folder, 'secret.txt'), join(dist, 'link.txt'));
symlinkSync(join(dist, 'assets/app.js'), join(dist, 'inner.js'));
const withPage = mkdtempSync(join(tmpdir(), 'vivace-static-'));
writeFileSync(join(withPage, '404.html'), 'nothing here');

afterAll(() => [folder, withPage].forEach((path) => rmSync(path, { recursive: true })));

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

@Controller()
class Api {
  @Get('/api/')
  read() {
    return { source: 'api' };
  }
  @Get('/items/:id')
  missing(id: string): never {
    throw new HTTPException(404, `no item ${id}`);
  }
  @Get('/address')
  address(request: Request) {
    return request.urlFor('files', { path: 'assets/with space.txt' });
  }
  @WebSocketRoute('/ws')
  async talk(socket: WebSocket) {
    await socket.send('talk');
  }
}

describe('the files of a directory', () => {
  const app = new Vivace({ controllers: [Api] }).static('/files', dist, { name: 'files' });
  let client: TestClient;
  beforeAll(async () => (client = await testClient(app, { followRedirects: false })));
  afterAll(() => client.close());

  it('are sent with type, length, date and tag', async () => {
    const response = await client.get('/files/assets/app.js');
    expect([response.status, response.text]).toEqual([200, 'console.log(1)']);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-length')).toBe('14');
    expect(response.headers.get('etag')).toMatch(/"/);
    expect(Date.parse(response.headers.get('last-modified')!)).toBeGreaterThan(0);
    expect(response.headers.has('cache-control')).toBe(false);
  });

  it('are asked for by HEAD too, and by no other method', async () => {
    const head = await client.request('HEAD', '/files/assets/app.js');
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '14']);
    const post = await client.post('/files/assets/app.js');
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await client.post('/files/nothing')).status).toBe(404);
  });

  it.each([
    '/files/nothing.js',
    '/files',
    '/files/',
    '/files/assets',
    '/files/assets/',
    '/files/assets/app.js/',
    '/filesystem/index.html',
  ])('are all there is: %s is 404', async (path) => {
    const response = await client.get(path, { headers: browser });
    expect([response.status, response.json()]).toEqual([404, { detail: 'Not Found' }]);
  });

  it.each([
    '/files/../secret.txt',
    '/files/%2e%2e/secret.txt',
    '/files/..%2fsecret.txt',
    '/files/assets/..%2f..%2fsecret.txt',
    '/files/..%5csecret.txt',
    '/files/%2e%2e%00/secret.txt',
    '/files/assets/app.js%00.txt',
    '/files//etc/passwd',
    `/files/${'a'.repeat(5000)}`,
    '/files/link.txt',
    '/files/.env',
    '/files/.git/config',
  ])('lead nowhere else: %s is 404', async (path) => {
    const response = await client.server.fastify.inject(path);
    expect([response.statusCode, response.json()]).toEqual([404, { detail: 'Not Found' }]);
  });

  it.each(['/files/%c0%ae%c0%ae/secret.txt', '/files/%ff'])(
    'have names in UTF-8: %s is a bad request',
    async (path) => {
      const response = await client.server.fastify.inject(path);
      expect([response.statusCode, response.json()]).toEqual([400, { detail: 'Bad Request' }]);
    },
  );

  it('may have other names, lie behind links that stay inside, and be well-known', async () => {
    expect((await client.get('/files/assets/with%20space.txt')).text).toBe('spaced');
    expect((await client.get('/files/inner.js')).text).toBe('console.log(1)');
    expect((await client.get('/files/.well-known/security.txt')).text).toBe('Contact: us');
  });

  it('have addresses by the name of the directory', async () => {
    expect((await client.get('/address')).json()).toBe(
      'http://testserver/files/assets/with%20space.txt',
    );
  });

  it('are not in the document', async () => {
    expect(Object.keys(client.server.openapi().paths)).toEqual([
      '/api/',
      '/items/{id}',
      '/address',
    ]);
  });
});

describe('a single-page application', () => {
  const app = new Vivace({ controllers: [Api] })
    .static('/', dist, { fallback: 'index.html', maxAge: 3600 })
    .static('/admin', join(dist, 'about'), { fallback: 'index.html' });
  let client: TestClient;
  beforeAll(async () => (client = await testClient(app, { followRedirects: false })));
  afterAll(() => client.close());

  it('answers a browser that asks for one of its pages', async () => {
    expect((await client.get('/')).text).toBe('shell');
    expect((await client.get('/dashboard/settings', { headers: browser })).text).toBe('shell');
    expect(
      (await client.get('/users/jane.doe', { headers: { accept: 'text/html; q=0.8' } })).text,
    ).toBe('shell');
    expect((await client.get('/admin/settings', { headers: browser })).text).toBe('about');
  });

  it.each([
    ['a call of an API', '/dashboard', 'application/json'],
    ['a script', '/assets/missing.js', '*/*'],
    ['a style', '/assets/missing.css', 'text/css,*/*;q=0.1'],
    ['a client that wants no HTML', '/dashboard', 'text/html;q=0, */*'],
    ['a client that wants no XHTML', '/dashboard', 'application/xhtml+xml; q=0.0, */*'],
  ])('does not answer %s', async (_, path, accept) => {
    const response = await client.get(path, { headers: { accept } });
    expect([response.status, response.json()]).toEqual([404, { detail: 'Not Found' }]);
  });

  it('comes after every route, its redirects and errors', async () => {
    const slash = await client.get('/api', { headers: browser });
    expect([slash.status, slash.headers.get('location')]).toEqual([307, 'http://testserver/api/']);
    expect((await client.get('/api/', { headers: browser })).json()).toEqual({ source: 'api' });
    expect((await client.get('/items/7', { headers: browser })).json()).toEqual({
      detail: 'no item 7',
    });
    expect((await client.post('/items/7', { headers: browser })).status).toBe(405);
    await using socket = await client.websocket('/ws');
    expect(await socket.receive()).toBe('talk');
  });

  it('has pages of its own in directories, behind a slash', async () => {
    const redirect = await client.get('/about?tab=1');
    expect([redirect.status, redirect.headers.get('location')]).toEqual([
      307,
      'http://testserver/about/?tab=1',
    ]);
    expect((await client.get('/about/')).text).toBe('about');
    expect((await client.get('/admin')).headers.get('location')).toBe('http://testserver/admin/');
  });

  it('is kept by browsers as long as it says, but for its pages', async () => {
    expect((await client.get('/assets/app.js')).headers.get('cache-control')).toBe(
      'public, max-age=3600',
    );
    expect((await client.get('/')).headers.get('cache-control')).toBe('no-cache');
  });
});

describe('a static site', () => {
  it('answers what is missing with its own page and 404', async () => {
    await using client = await testClient(
      new Vivace()
        .static('/', withPage, { html: true })
        .static('/explicit', withPage, { fallback: '404.html' }),
    );
    for (const path of ['/missing.js', '/explicit/missing']) {
      const response = await client.get(path);
      expect([response.status, response.text, response.headers.get('content-type')]).toEqual([
        404,
        'nothing here',
        'text/html; charset=utf-8',
      ]);
    }
    expect((await client.post('/missing')).json()).toEqual({ detail: 'Not Found' });
  });

  it('that is not built yet is a warning, and an error in production', async () => {
    const lines: string[] = [];
    const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(line) } };
    const missing = join(folder, 'not-built');
    await using client = await testClient(
      new Vivace({ logger }).static('/', missing, { fallback: 'index.html' }),
    );
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      `static('/'): ${missing} does not exist.`,
    ]);
    expect((await client.get('/', { headers: browser })).status).toBe(404);
    mkdirSync(missing);
    writeFileSync(join(missing, 'index.html'), 'built');
    expect((await client.get('/', { headers: browser })).text).toBe('built');
  });
});
