import { Writable } from 'node:stream';
import {
  Controller,
  Get,
  Path,
  Post,
  Query,
  Route,
  Vivace,
  dependency,
  type int,
  type Server,
} from 'vivace';
import { testClient } from 'vivace/testing';

async function warningsOf(
  app: (logger: object) => Vivace,
  start: (app: Vivace) => Promise<Server> = (one) => one.build(),
): Promise<string[]> {
  const warnings: string[] = [];
  const stream = new Writable({
    write(line, _, done) {
      const { level, msg } = JSON.parse(String(line)) as { level: number; msg: string };
      if (level === 40) warnings.push(msg);
      done();
    },
  });
  await using _server = await start(app({ stream }));
  return warnings;
}

describe('gotchas of routing', () => {
  test('gotcha 1: two operations of one method and path are an error that names both places', async () => {
    @Controller('/users')
    class Users {
      @Get('/:id')
      read(id: int) {
        return id;
      }
      @Get('/:user_id')
      show(user_id: int) {
        return user_id;
      }
    }
    await expect(new Vivace({ controllers: [Users] }).build()).rejects.toThrow(
      /ROUTE_DUPLICATE\] Users.show .*already answered by Users.read \(.*routing-gotchas\.test\.ts:\d+\)/s,
    );
  });

  test('gotcha 2: a fixed path is preferred to one with a parameter, in whatever order they are written', async () => {
    @Controller('/users')
    class Users {
      @Get('/:user_id')
      read(user_id: string) {
        return user_id;
      }
      @Get('/me')
      me() {
        return 'it is me';
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect((await client.get('/users/me')).json()).toBe('it is me');
    expect((await client.get('/users/you')).json()).toBe('you');
  });

  test('gotcha 4: a path with and without its last slash find each other by a redirect, or by the policy that is chosen', async () => {
    @Controller('/users')
    class Users {
      @Get('/')
      list() {
        return [];
      }
    }
    const statuses = async (trailingSlash: 'redirect' | 'ignore' | 'strict') => {
      await using client = await testClient(new Vivace({ controllers: [Users], trailingSlash }), {
        followRedirects: false,
      });
      return [(await client.get('/users/')).status, (await client.get('/users')).status];
    };
    expect(await statuses('redirect')).toEqual([200, 307]);
    expect(await statuses('ignore')).toEqual([200, 200]);
    expect(await statuses('strict')).toEqual([200, 404]);
  });

  test('gotcha 6: an empty segment is no value of a parameter: 404', async () => {
    @Controller('/users')
    class Users {
      @Get('/:user_id/posts')
      posts(user_id: string) {
        return user_id;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect((await client.get('/users//posts')).status).toBe(404);
  });

  test('gotcha 7: a wildcard gives what was sent, and has a name', async () => {
    @Controller('/files')
    class Files {
      @Get('/*file_path')
      read(file_path: string) {
        return file_path;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Files] }));
    expect((await client.get('/files/a/b.txt')).json()).toBe('a/b.txt');
  });

  test('gotcha 8: a controller that is in no application is warned of when the server listens, once', async () => {
    @Controller('/users')
    class Users {
      @Get('/')
      list() {
        return [];
      }
    }
    @Controller('/base')
    class Base {
      @Get('/')
      read() {
        return 1;
      }
    }
    @Controller('/below')
    class Below extends Base {}
    @Controller('/forgotten', { controllers: [Below] })
    class Forgotten {}
    const listen = (controllers: (typeof Users)[]) =>
      warningsOf(
        (logger) => new Vivace({ logger, controllers: [...controllers, Below] }),
        (app) => app.listen({ port: 0, handleSignals: false }),
      );
    const warnings = await listen([Users]);
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^Forgotten \(.*routing-gotchas\.test\.ts:\d+\): the controller is in no application.*app\.include\(Forgotten\)/,
      ),
    );
    expect(warnings.filter((text) => /^(Users|Base|Below) /.test(text))).toEqual([]);
    expect(await listen([])).toEqual([]);
    expect(Forgotten.name).toBe('Forgotten');
  });

  test('gotcha 8 and 9: a controller that stands twice at one place is an error', async () => {
    @Controller('/users')
    class Users {
      @Get('/')
      list() {
        return [];
      }
    }
    await expect(new Vivace({ controllers: [Users, Users] }).build()).rejects.toThrow(
      /ROUTE_DUPLICATE/,
    );
    await expect(
      new Vivace({ controllers: [Users] }).include(Users, { prefix: '/v2' }).build(),
    ).resolves.toBeDefined();
  });

  test('gotcha 13: a path without its first slash and a prefix with a last one are errors', async () => {
    for (const [prefix, path, write] of [
      ['users', '/', "'/users'"],
      ['/users/', '/', "'/users'"],
      ['/users', 'me', "'/me'"],
    ]) {
      @Controller(prefix)
      class Users {
        @Get(path)
        read() {
          return 1;
        }
      }
      await expect(new Vivace({ controllers: [Users] }).build()).rejects.toThrow(
        new RegExp(`PATH_SLASH[^]*Write instead: ${write}`),
      );
    }
  });

  test('gotcha 14: a name that the path does not have, and one that nobody reads, are errors', async () => {
    @Controller('/users')
    class Unknown {
      @Get('/:user_id')
      read(@Path('id') id: int) {
        return id;
      }
    }
    @Controller('/users')
    class Unread {
      @Get('/:user_id')
      read(userId: int) {
        return userId;
      }
    }
    await expect(new Vivace({ controllers: [Unknown] }).build()).rejects.toThrow(/PATH_UNKNOWN/);
    await expect(new Vivace({ controllers: [Unread] }).build()).rejects.toThrow(
      /PATH_UNREAD.*user_id instead of userId/s,
    );
  });

  test('gotcha 15: HEAD comes with GET', async () => {
    @Controller('/users')
    class Users {
      @Get('/')
      list() {
        return ['ann'];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const response = await client.request('HEAD', '/users/');
    expect([response.status, response.headers.get('content-type'), response.text]).toEqual([
      200,
      'application/json',
      '',
    ]);
  });

  test('gotcha 16: a wrong method is answered with all that the path has', async () => {
    @Controller('/users')
    class Users {
      @Get('/:id')
      read(id: int) {
        return id;
      }
    }
    @Controller('/users')
    class Writing {
      @Route(['PUT', 'DELETE'], '/:id')
      write(id: int) {
        return id;
      }
      @Post('/me')
      me() {
        return 1;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users, Writing] }));
    const response = await client.patch('/users/1');
    expect([response.status, response.json(), response.headers.get('allow')]).toEqual([
      405,
      { detail: 'Method Not Allowed' },
      'DELETE, GET, HEAD, PUT',
    ]);
  });

  test('gotcha 17: a word of the language is a name on the wire like any other', async () => {
    @Controller()
    class Items {
      @Get('/')
      list(@Query('class') type: string, @Query('from') start: int) {
        return [type, start];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/?class=a&from=3')).json()).toEqual(['a', 3]);
  });
});

describe('gotchas of habits', () => {
  test('gotcha 3: a prefix that stands twice in a path is warned of at boot', async () => {
    @Controller('/users')
    class Users {
      @Get('/')
      list() {
        return [];
      }
    }
    const warnings = await warningsOf((logger) =>
      new Vivace({ logger }).include(Users, { prefix: '/users' }),
    );
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Users\.list \(.*\): 'users' stands twice in \/users\/users\/: is it the prefix/,
      ),
    ]);
  });

  test('gotcha 18: the lifespan of a mounted application runs', async () => {
    const log: string[] = [];
    const inner = new Vivace({
      lifespan: function* () {
        log.push('begin');
        yield;
        log.push('end');
      },
    });
    const server = await new Vivace().mount('/inner', inner).build();
    expect(log).toEqual(['begin']);
    await server.close();
    expect(log).toEqual(['begin', 'end']);
  });

  test('gotcha 19: there is one mechanism for what an application begins and ends with: the lifespan, and singletons', async () => {
    const log: string[] = [];
    const pool = dependency(
      function* () {
        log.push('pool');
        yield 'pool';
        log.push('pool ends');
      },
      { lifetime: 'singleton' },
    );
    const lifespan = dependency(
      { pool },
      function* ({ pool }) {
        log.push('lifespan');
        yield { pool };
        log.push('lifespan ends');
      },
      { lifetime: 'singleton' },
    );
    const server = await new Vivace({ lifespan }).build();
    expect(server.state).toEqual({ pool: 'pool' });
    await server.close();
    expect(log).toEqual(['pool', 'lifespan', 'lifespan ends', 'pool ends']);
  });
});
