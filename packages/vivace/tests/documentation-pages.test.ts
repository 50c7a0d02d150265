import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Model,
  Post,
  Vivace,
  dependency,
  int,
  type Middleware,
  type VivaceOptions,
} from 'vivace';
import { HTTPBasic } from 'vivace/security';
import { openapi30, type OpenAPIDocument } from 'vivace/openapi';
import { override, testClient } from 'vivace/testing';
import { parse } from 'yaml';

class Item {
  name!: string;
  price: number | null = null;
}

@Controller('/items', { tags: ['items'] })
class Items {
  @Post('/')
  create(item: Item): Item {
    return item;
  }
}

const build = (options: VivaceOptions = {}) =>
  testClient(new Vivace({ title: 'Shop', controllers: [Items], ...options }));
const PAGES = ['/openapi.json', '/docs', '/redoc'];

describe('the document and its pages', () => {
  it('are there without a word', async () => {
    await using client = await build();
    expect((await client.get('/openapi.json')).json()).toEqual(client.server.openapi());
    for (const [path, title] of Object.entries({
      '/docs': 'Shop - Swagger UI',
      '/redoc': 'Shop - ReDoc',
    })) {
      const page = await client.get(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
      expect(page.text).toContain(`<title>${title}</title>`);
    }
    expect((await client.get('/docs/oauth2-redirect')).status).toBe(200);
    expect((await client.request('HEAD', '/docs')).status).toBe(200);
    expect(Object.keys(client.server.openapi().paths)).toEqual(['/items/']);
  });

  it.each(['/docs-assets/swagger-ui.css', '/docs-assets/swagger-ui-bundle.js'])(
    'load %s from this server',
    async (path) => {
      await using client = await build();
      const asset = await client.get(path);
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([
        200,
        'public, max-age=86400',
      ]);
      expect(
        (await client.get(path, { headers: { 'if-none-match': asset.headers.get('etag')! } }))
          .status,
      ).toBe(304);
    },
  );

  it('stand where the application says, with what they load beside them', async () => {
    await using client = await build({
      docs: { url: '/api/schema', swagger: '/api/ui', redoc: '/', oauthRedirect: '/api/back' },
    });
    expect((await client.get('/api/ui')).text).toContain('url: "/api/schema"');
    expect((await client.get('/api/ui')).text).toContain('new URL("/api/back", window.location)');
    expect((await client.get('/api/docs-assets/swagger-ui.css')).status).toBe(200);
    expect((await client.get('/')).text).toContain('spec-url="/api/schema"');
    for (const path of PAGES) expect((await client.get(path)).status).toBe(404);
  });

  it('can be left out, each or all', async () => {
    await using one = await build({ docs: { swagger: false } });
    expect(
      await Promise.all(
        [...PAGES, '/docs/oauth2-redirect'].map(async (path) => (await one.get(path)).status),
      ),
    ).toEqual([200, 404, 200, 404]);
    for (const docs of [false, { url: '' }] as const) {
      await using none = await build({ docs });
      expect(await Promise.all(PAGES.map(async (path) => (await none.get(path)).status))).toEqual([
        404, 404, 404,
      ]);
      expect(Object.keys(none.server.openapi().paths)).toEqual(['/items/']);
    }
  });

  it('have the parameters and the login that Swagger UI is given', async () => {
    await using client = await build({
      docs: {
        swaggerParameters: { operationsSorter: 'alpha', deepLinking: false },
        oauth: { clientId: 'shop', usePkce: true },
      },
    });
    const { text } = await client.get('/docs');
    expect(text).toContain('"operationsSorter": "alpha"');
    expect(text).toContain('"deepLinking": false');
    expect(text).toContain('ui.initOAuth({"clientId":"shop","usePkce":true});');
  });

  it('go through the middleware of the application', async () => {
    const layer: Middleware = async (_, next) => {
      const response = await next();
      response.headers.set('x-layer', 'yes');
      return response;
    };
    await using client = await build({ middleware: [layer] });
    for (const path of [...PAGES, '/docs-assets/swagger-ui.css'])
      expect((await client.get(path)).headers.get('x-layer')).toBe('yes');
  });

  it('refuse a path operation in their place', async () => {
    @Controller()
    class Own {
      @Get('/docs')
      docs() {
        return 'mine';
      }
    }
    await expect(build({ controllers: [Own] })).rejects.toThrow(
      /ROUTE_DUPLICATE.*Own\.docs[^]*docs: { swagger: false }/,
    );
    await using client = await build({ controllers: [Own], docs: { swagger: false } });
    expect((await client.get('/docs')).json()).toBe('mine');
  });
});

describe('behind dependencies', () => {
  const basic = new HTTPBasic();
  const admin = dependency({ credentials: basic }, ({ credentials }) => {
    if (credentials.password !== 'secret') throw new HTTPException(403, 'Not for you');
    return credentials.username;
  });
  const docs = { dependencies: [admin], yaml: '/openapi.yaml' };

  it('document and pages ask for what the dependencies ask for; operations do not', async () => {
    await using client = await build({ docs });
    for (const path of [...PAGES, '/openapi.yaml']) {
      const refused = await client.get(path);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
      expect((await client.get(path, { auth: ['ann', 'wrong'] })).json()).toEqual({
        detail: 'Not for you',
      });
      expect((await client.get(path, { auth: ['ann', 'secret'] })).status).toBe(200);
    }
    expect((await client.post('/items/', { json: { name: 'Rosin' } })).status).toBe(200);
    expect(client.server.openapi()).not.toHaveProperty('components.securitySchemes');
  });

  it('tests may put others in their place', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items], docs }), {
      overrides: [override(admin, () => 'anybody')],
    });
    expect((await client.get('/docs')).status).toBe(200);
  });

  it('clean-up of dependencies runs', async () => {
    const trail: string[] = [];
    const session = dependency(function* () {
      trail.push('open');
      yield 'session';
      trail.push('close');
    });
    await using client = await build({ docs: { dependencies: [Depends(session)] } });
    await client.get('/openapi.json');
    expect(trail).toEqual(['open', 'close']);
  });
});

describe('the document', () => {
  it('is there as YAML too, if it is asked for', async () => {
    await using client = await build({ docs: { yaml: '/openapi.yaml' } });
    const response = await client.get('/openapi.yaml');
    expect(response.headers.get('content-type')).toBe('application/yaml');
    expect(response.text).not.toContain('&');
    expect(parse(response.text)).toEqual(client.server.openapi());
    await using without = await build();
    expect((await without.get('/openapi.yaml')).status).toBe(404);
  });

  it('is changed by the application once, before the server of a proxy is added', async () => {
    let times = 0;
    const transform = (document: OpenAPIDocument): OpenAPIDocument => {
      times += 1;
      return { ...document, info: { ...document.info, 'x-logo': 'logo.png' } };
    };
    await using client = await build({ docs: { transform }, trustProxy: true });
    expect((await client.get('/openapi.json')).json()).toMatchObject({
      info: { title: 'Shop', 'x-logo': 'logo.png' },
    });
    expect(
      (await client.get('/openapi.json', { headers: { 'x-forwarded-prefix': '/v1' } })).json(),
    ).toMatchObject({
      info: { 'x-logo': 'logo.png' },
      servers: [{ url: '/v1' }],
    });
    expect((await client.get('/openapi.json')).json()).not.toHaveProperty('servers');
    expect(times).toBe(1);
  });

  it('is served as OpenAPI 3.0 by one word', async () => {
    await using client = await build({ docs: { transform: openapi30 } });
    const document = (await client.get('/openapi.json')).json<OpenAPIDocument>();
    expect(document.openapi).toBe('3.0.3');
    expect(document.components!.schemas!['Item']).toMatchObject({
      properties: { price: { type: 'number', nullable: true } },
    });
  });

  it('has the plain Fastify routes that have a schema', async () => {
    const app = new Vivace({ controllers: [Items] }).plugin((fastify) => {
      fastify.addSchema({ $id: 'Pong', type: 'object', properties: { pong: { type: 'boolean' } } });
      fastify.get(
        '/ping',
        { schema: { tags: ['plain'], response: { 200: { $ref: 'Pong#' } } } },
        async () => ({ pong: true }),
      );
      fastify.get('/silent', async () => 'nobody knows');
      fastify.register(
        async (inner) => {
          inner.post(
            '/:id',
            { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } },
            async () => 'ok',
          );
        },
        { prefix: '/inner' },
      );
    });
    const { paths, components } = await app.openapi();
    expect(Object.keys(paths)).toEqual(['/items/', '/ping', '/inner/{id}']);
    expect(paths['/ping']).toMatchObject({
      get: { tags: ['plain'], responses: { 200: { content: { 'application/json': {} } } } },
    });
    expect(paths['/inner/{id}']).toMatchObject({
      post: { parameters: [{ name: 'id', in: 'path', required: true }] },
    });
    expect(Object.keys(components!.schemas!)).toContain('Item');
  });

  it('that cannot be written is an error at boot, if it is served', async () => {
    @Model({ name: 'Item' })
    class Other {
      number!: int;
    }
    @Controller('/others')
    class Others {
      @Post('/')
      create(other: Other): Other {
        return other;
      }
    }
    const controllers = [Items, Others];
    await expect(build({ controllers })).rejects.toThrow('COMPONENT_NAME');
    await using client = await build({ controllers, docs: false });
    expect((await client.post('/others/', { json: { number: 1 } })).json()).toEqual({ number: 1 });
    expect(() => client.server.openapi()).toThrow('COMPONENT_NAME');
  });

  it('is the same from the application as from a server', async () => {
    const app = new Vivace({ controllers: [Items], docs: false });
    await using server = await app.build();
    expect(await app.openapi()).toEqual(server.openapi());
  });
});
