import { Controller, Get, Request, Vivace, type VivaceOptions } from 'vivace';
import { HTTPBasic } from 'vivace/security';
import { testClient } from 'vivace/testing';

@Controller()
class Main {
  @Get('/where')
  where(request: Request) {
    return { root: request.rootPath, ip: request.ip };
  }
}

describe('gotchas of documents, mounts and proxies', () => {
  test('gotcha 1: a path operation and a page of the documentation cannot have one path', async () => {
    @Controller()
    class Own {
      @Get('/redoc')
      redoc() {
        return 'mine';
      }
    }
    await expect(new Vivace({ controllers: [Own] }).build()).rejects.toThrow(
      /ROUTE_DUPLICATE.*Own\.redoc/,
    );
  });

  test('gotcha 18: a mounted application whose lifespan fails keeps the one around it from starting, and nothing stays open', async () => {
    const log: string[] = [];
    const outer = function* () {
      log.push('begin outer');
      yield;
      log.push('end outer');
    };
    const inner = new Vivace({
      // oxlint-disable-next-line require-yield -- it fails before
      lifespan: function* (): Generator<undefined> {
        throw new Error('no database');
      },
    });
    await expect(new Vivace({ lifespan: outer }).mount('/inner', inner).build()).rejects.toThrow(
      'no database',
    );
    expect(log).toEqual(['begin outer', 'end outer']);
  });

  test('gotcha 91: a client cannot name its own address, host or prefix, also not below a mount', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-prefix': '/evil',
      'x-forwarded-host': 'evil.example',
    };
    const get = async (options: VivaceOptions) => {
      await using client = await testClient(
        new Vivace(options).mount('/inner', new Vivace({ controllers: [Main] })),
      );
      const document = (await client.get('/inner/openapi.json', { headers })).json<{
        servers: unknown;
      }>();
      return {
        ...(await client.get('/inner/where', { headers })).json<object>(),
        servers: document.servers,
      };
    };
    expect(await get({})).toEqual({
      root: '/inner',
      ip: '127.0.0.1',
      servers: [{ url: '/inner' }],
    });
    expect(await get({ trustProxy: '127.0.0.1' })).toEqual({
      root: '/evil/inner',
      ip: '203.0.113.7',
      servers: [{ url: '/evil/inner' }],
    });
  });

  test('gotcha 93: document and pages can be for some only', async () => {
    await using client = await testClient(
      new Vivace({ docs: { dependencies: [new HTTPBasic()] } }),
    );
    for (const path of ['/docs', '/redoc', '/openapi.json'])
      expect((await client.get(path)).status).toBe(401);
  });
});
