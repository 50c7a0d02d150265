import {
  Controller,
  Get,
  HTTPException,
  Request,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  on,
  type Middleware,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import type { OpenAPIDocument } from 'vivace/openapi';
import { override, testClient } from 'vivace/testing';

const trail: string[] = [];
const mark =
  (name: string): Middleware =>
  async (request, next) => {
    trail.push(name);
    request.state['by'] = name;
    const response = await next();
    response.headers.append('x-layers', name);
    return response;
  };
const opened = (name: string) =>
  dependency(
    function* () {
      trail.push(`open ${name}`);
      yield name;
      trail.push(`close ${name}`);
    },
    { lifetime: 'singleton' },
  );
const clock = dependency(() => 'noon');

@Controller('/users')
class Users {
  @Get('/:user_id', { dependencies: [clock] })
  read_user(user_id: string, request: Request) {
    return {
      user_id,
      by: request.state['by'],
      root: request.rootPath,
      path: request.path,
      url: request.urlFor('read_user', { user_id }),
    };
  }
  @Get('/')
  list() {
    return [];
  }
  @Get('/broken/it')
  broken(): never {
    throw new HTTPException(418);
  }
  @WebSocketRoute('/feed/:room')
  async feed(room: string, socket: WebSocket) {
    await socket.send(room);
  }
}

@Controller()
class Main {
  @Get('/where')
  where(request: Request) {
    return [request.urlFor('admin:read_user', { user_id: 'a b' }), request.urlFor('where')];
  }
}

const admin = new Vivace({
  title: 'Admin',
  controllers: [Users],
  middleware: [mark('inner')],
  lifespan: opened('admin'),
  exceptions: [on(418, () => new JSONResponse('teapot', { status: 418 }))],
});
const app = new Vivace({
  controllers: [Main],
  middleware: [mark('outer')],
  lifespan: opened('main'),
}).mount('/admin', admin, {
  name: 'admin',
});

beforeEach(() => trail.splice(0));

describe('an application that is mounted', () => {
  it('answers below its path, inside the middleware of the one around it', async () => {
    await using client = await testClient(app);
    const response = await client.get('/admin/users/7');
    expect(response.json()).toEqual({
      user_id: '7',
      by: 'inner',
      root: '/admin',
      path: '/admin/users/7',
      url: 'http://testserver/admin/users/7',
    });
    expect(response.headers.get('x-layers')).toBe('inner, outer');
    expect(trail).toEqual(['open main', 'open admin', 'outer', 'inner']);
  });

  it('has its own document, whose server is its path, and its own pages', async () => {
    await using client = await testClient(app);
    const document = (await client.get('/admin/openapi.json')).json<{
      info: object;
      paths: object;
      servers: object;
    }>();
    expect(document.info).toMatchObject({ title: 'Admin' });
    expect(Object.keys(document.paths)).toEqual([
      '/users/{user_id}',
      '/users/',
      '/users/broken/it',
    ]);
    expect(document.servers).toEqual([{ url: '/admin' }]);
    expect((await client.get('/admin/docs')).text).toContain('url: "/admin/openapi.json"');
    expect((await client.get('/admin/docs-assets/swagger-ui.css')).status).toBe(200);
    const outer = (await client.get('/openapi.json')).json<{ paths: object }>();
    expect(Object.keys(outer.paths)).toEqual(['/where']);
    expect(outer).not.toHaveProperty('servers');
  });

  it('answers its own errors, unknown paths, wrong methods and slashes', async () => {
    await using client = await testClient(app, { followRedirects: false });
    expect((await client.get('/admin/users/broken/it')).json()).toBe('teapot');
    expect((await client.get('/admin/nothing')).json()).toEqual({ detail: 'Not Found' });
    expect((await client.get('/admin/nothing')).headers.get('x-layers')).toBe('inner, outer');
    const wrong = await client.post('/admin/users/7');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await client.get('/admin/users')).headers.get('location')).toBe(
      'http://testserver/admin/users/',
    );
    expect((await client.get('/administration')).headers.get('x-layers')).toBe('outer');
  });

  it('has a lifespan inside that of the one around it', async () => {
    const client = await testClient(app);
    await client.close();
    expect(trail).toEqual(['open main', 'open admin', 'close admin', 'close main']);
  });

  it('keeps nothing open when the one around it cannot start', async () => {
    const broken = new Vivace({ lifespan: opened('main') }).mount('/admin', admin).plugin(() => {
      throw new Error('no start');
    });
    await expect(broken.build()).rejects.toThrow('no start');
    expect(trail).toEqual(['open main', 'open admin', 'close admin', 'close main']);
  });

  it('accepts WebSockets', async () => {
    await using client = await testClient(app);
    await using socket = await client.websocket('/admin/users/feed/lobby');
    expect(await socket.receive()).toBe('lobby');
  });

  it('has addresses by the name of the mount', async () => {
    await using client = await testClient(app);
    expect((await client.get('/where')).json()).toEqual([
      'http://testserver/admin/users/a%20b',
      'http://testserver/where',
    ]);
    expect(client.server.urlFor('admin:read_user', { user_id: 1 })).toBe('/admin/users/1');
  });

  it('is tested with overrides like every other, which something has to use', async () => {
    await using client = await testClient(app, { overrides: [override(clock, () => 'midnight')] });
    expect((await client.get('/admin/users/7')).status).toBe(200);
    await expect(
      testClient(app, {
        overrides: [
          override(
            dependency(() => 1),
            () => 2,
          ),
        ],
      }),
    ).rejects.toThrow('OVERRIDE_UNUSED');
  });

  it('may itself mount another, and be mounted twice', async () => {
    const inner = new Vivace({ controllers: [Users] });
    const middle = new Vivace().mount('/v1', inner).mount('/v2', inner);
    await using client = await testClient(new Vivace().mount('/api', middle));
    expect((await client.get('/api/v1/users/7')).json()).toMatchObject({ root: '/api/v1' });
    expect((await client.get('/api/v2/openapi.json')).json()).toMatchObject({
      servers: [{ url: '/api/v2' }],
    });
  });

  it('keeps its plain Fastify routes and hooks to itself', async () => {
    const plain = new Vivace().plugin((fastify) => {
      fastify.addHook('onSend', async (_, reply) => void reply.header('x-plain', 'yes'));
      fastify.get('/ping', { schema: { summary: 'Ping' } }, async () => 'pong');
    });
    await using client = await testClient(
      new Vivace({ controllers: [Main], middleware: [mark('outer')] }).mount('/plain', plain),
    );
    const pong = await client.get('/plain/ping');
    expect([pong.text, pong.headers.get('x-plain'), pong.headers.get('x-layers')]).toEqual([
      'pong',
      'yes',
      'outer',
    ]);
    expect((await client.get('/plain/openapi.json')).json()).toMatchObject({
      paths: { '/ping': { get: { summary: 'Ping' } } },
    });
    expect((await client.get('/openapi.json')).json()).not.toHaveProperty(['paths', '/plain/ping']);
    expect((await client.get('/openapi.json')).headers.has('x-plain')).toBe(false);
  });
});

describe('a host', () => {
  @Controller()
  class Host {
    @Get('/')
    here(request: Request) {
      return request.headers.get('host');
    }
  }
  @Controller()
  class Any {
    @Get('/')
    anywhere() {
      return 'any';
    }
  }
  const at = (host: string) => ({ headers: { host } });

  it('chooses the controllers that are included for it, whatever the port', async () => {
    const hosts = new Vivace({ controllers: [Any] }).include(Host, { host: 'api.example.com' });
    await using client = await testClient(hosts);
    expect((await client.get('/', at('api.example.com:8000'))).json()).toBe('api.example.com:8000');
    expect((await client.get('/', at('API.example.com'))).json()).toBe('API.example.com');
    expect((await client.get('/', at('apixexample.com'))).json()).toBe('any');
    expect((await client.get('/')).json()).toBe('any');
  });

  it('chooses the application that is mounted for it, also where the path is the same', async () => {
    const hosts = new Vivace({ title: 'Main', controllers: [Any] }).mount(
      '/',
      new Vivace({ title: 'Host', controllers: [Host] }),
      {
        host: /^[a-z]+\.tenants\.test$/,
      },
    );
    await using client = await testClient(hosts);
    expect((await client.get('/', at('ann.tenants.test'))).json()).toBe('ann.tenants.test');
    expect((await client.get('/openapi.json', at('ann.tenants.test'))).json()).toMatchObject({
      info: { title: 'Host' },
    });
    expect((await client.get('/openapi.json')).json()).toMatchObject({ info: { title: 'Main' } });
    expect((await client.get('/nothing', at('ann.tenants.test'))).status).toBe(404);
  });

  it('is shown its own operation in the document, where several answer one path', async () => {
    @Controller('/who')
    class Shop {
      @Get('/')
      who(): 'shop' {
        return 'shop';
      }
    }
    @Controller('/who')
    class Admin {
      @Get('/')
      who(token: string): ['admin', string] {
        return ['admin', token];
      }
    }
    const hosts = new Vivace({ controllers: [Shop] }).include(Admin, { host: 'admin.example.com' });
    await using client = await testClient(hosts);
    const shown = async (host: string) =>
      (await client.get('/openapi.json', at(host))).json<OpenAPIDocument>().paths['/who/']![
        'get'
      ] as { parameters?: unknown };
    expect((await shown('admin.example.com')).parameters).toMatchObject([{ name: 'token' }]);
    expect((await shown('shop.example.com')).parameters).toBeUndefined();
    expect(
      (await hosts.openapi({ host: 'admin.example.com' })).paths['/who/']!['get'],
    ).toHaveProperty('parameters');
  });

  it('is one that an operation is for, where a program asks for its document', async () => {
    const hosts = new Vivace()
      .include(Host, { host: 'admin.example.com' })
      .include(Host, { prefix: '/any', host: /^\w+\.example\.org$/ });
    const known = ['ADMIN.example.com', 'admin.example.com:8443', 'shop.example.org'];
    for (const host of known)
      expect(Object.keys((await hosts.openapi({ host })).paths)).toEqual(['/', '/any/']);
    await expect(hosts.openapi({ host: 'admin.exmaple.com' })).rejects.toMatchObject({
      status: 404,
      detail: expect.stringMatching(
        /^No operation is for this host; there are admin\.example\.com, \^/,
      ),
    });
    await expect(new Vivace().openapi({ host: 'admin.example.com' })).rejects.toThrow(
      'No operation is for this host; there are none',
    );
  });

  it('has to be the name of one', async () => {
    await expect(
      new Vivace().include(Host, { host: 'https://api.example.com' }).build(),
    ).rejects.toThrow('[HOST] include');
    await expect(
      new Vivace().mount('/', new Vivace(), { host: '*.example.com' }).build(),
    ).rejects.toThrow("[HOST] mount('/')");
    await expect(new Vivace().mount('/', new Vivace()).build()).rejects.toThrow('MOUNT_PATH');
  });
});
