import {
  Body,
  Controller,
  Cookie,
  Depends,
  dependency,
  Form,
  Get,
  Header,
  HTTPException,
  File,
  Model,
  Path,
  Query,
  Reply,
  Request,
  Route,
  Security,
  UploadFile,
  Vivace,
  type Dependency,
  type Middleware,
} from 'vivace';
import { cache, memoryStore, WebSession, sessions } from 'vivace/middleware';
import {
  anyOf,
  APIKeyCookie,
  APIKeyHeader,
  APIKeyQuery,
  HTTPBase,
  HTTPBasic,
  HTTPBearer,
  HTTPDigest,
  OAuth2PasswordBearer,
  OpenIdConnect,
} from 'vivace/security';
import { testClient, type TestClient } from 'vivace/testing';

class Filter {
  q?: string;
  tags: string[] = [];
}
@Model({ extra: 'allow' })
class Free {
  q?: string;
}
class Traits {
  x_colour?: string;
}
class Crumbs {
  colour?: string;
}
class Sent {
  colour?: string;
}

type RequestOptions = NonNullable<Parameters<TestClient['get']>[1]>;
type Sends = (value: string) => RequestOptions & { path?: string };
const header =
  (name: string, prefix = ''): Sends =>
  (value) => ({ headers: { [name]: prefix + value } });
const basic: Sends = (value) => ({
  headers: { authorization: `Basic ${Buffer.from(`${value}:x`).toString('base64')}` },
});

/** Every kind of input, and a request that carries a value for it. */
const INPUTS: Readonly<Record<string, readonly [input: unknown, sends: Sends]>> = {
  'a path parameter': [Path(String, { alias: 'at' }), (value) => ({ path: value })],
  'a query parameter': [Query(String, { alias: 'q' }), (q) => ({ params: { q } })],
  'a list of the query': [Query([String], { alias: 'q' }), (q) => ({ params: { q: ['a', q] } })],
  'the query as a DTO': [Query(Filter), (q) => ({ params: { q } })],
  'a list in a query DTO': [Query(Filter), (tag) => ({ params: { tags: ['a', tag] } })],
  'the query as a DTO with free fields': [Query(Free), (other) => ({ params: { other } })],
  'a header': [Header(String, { alias: 'x-colour' }), header('x-colour')],
  'a header with a list': [Header([String], { alias: 'x-colour' }), header('x-colour')],
  'headers as a DTO': [Header(Traits), header('x-colour')],
  'a cookie': [Cookie(String, { alias: 'colour' }), (colour) => ({ cookies: { colour } })],
  'cookies as a DTO': [Cookie(Crumbs), (colour) => ({ cookies: { colour } })],
  'a JSON body': [Body(Sent), (colour) => ({ json: { colour } })],
  'a key of the body': [
    Body(String, { alias: 'colour', embed: true }),
    (colour) => ({ json: { colour } }),
  ],
  'a field of a form': [Form(String, { alias: 'colour' }), (colour) => ({ form: { colour } })],
  'a form as a DTO': [Form(Sent), (colour) => ({ form: { colour } })],
  'a file': [
    dependency({ file: File(UploadFile) }, ({ file }) => file.text()),
    (content) => ({ files: { file: { filename: 'a.txt', content } } }),
  ],
  'a key in a header': [new APIKeyHeader({ key: 'x-key' }), header('x-key')],
  'a key in the query': [new APIKeyQuery({ key: 'key' }), (key) => ({ params: { key } })],
  'a key in a cookie': [new APIKeyCookie({ key: 'key' }), (key) => ({ cookies: { key } })],
  'a bearer token': [new HTTPBearer(), header('authorization', 'Bearer ')],
  'a user and a password': [new HTTPBasic(), basic],
  'a digest': [new HTTPDigest(), header('authorization', 'Digest ')],
  'another scheme': [new HTTPBase({ scheme: 'Hawk' }), header('authorization', 'Hawk ')],
  'a token of OAuth 2': [
    new OAuth2PasswordBearer({ tokenUrl: 'token' }),
    header('authorization', 'Bearer '),
  ],
  'a token of OpenID Connect': [new OpenIdConnect({ url: '/oidc' }), header('authorization')],
  'one of several credentials': [
    anyOf({ token: new HTTPBearer(), key: new APIKeyHeader({ key: 'x-key' }) }),
    header('x-key'),
  ],
};

/** How a value reaches an answer. */
const PLACES = {
  'a dependency': (read: Dependency<unknown>) => {
    @Controller()
    class Reads {
      @Route(['GET', 'QUERY'], '/:at')
      read(@Depends(read) value: unknown, @Path('at') _at: string): unknown {
        return answer(value);
      }
    }
    return Reads;
  },
  'a dependency of a dependency': (read: Dependency<unknown>) => {
    const outer = dependency({ read }, ({ read: value }) => value);
    @Controller()
    class Reads {
      @Route(['GET', 'QUERY'], '/:at')
      read(@Depends(outer) value: unknown, @Path('at') _at: string): unknown {
        return answer(value);
      }
    }
    return Reads;
  },
  'a guard': (read: Dependency<unknown>) => {
    @Controller()
    class Reads {
      @Route(['GET', 'QUERY'], '/:at')
      read(@Security(read) value: unknown, @Path('at') _at: string): unknown {
        return answer(value);
      }
    }
    return Reads;
  },
  'a dependency that runs for its effect': (read: Dependency<unknown>) => {
    const effect = dependency({ read, reply: Reply }, ({ read: value, reply }) => {
      reply.headers.set('x-value', JSON.stringify(value));
    });
    @Controller('', { dependencies: [effect] })
    class Reads {
      @Route(['GET', 'QUERY'], '/:at')
      read(reply: Reply, @Path('at') _at: string): unknown {
        return answer(reply.headers.get('x-value'));
      }
    }
    return Reads;
  },
  'the constructor of the controller': (read: Dependency<unknown>) => {
    @Controller()
    class Reads {
      constructor(@Depends(read) private readonly value: unknown) {}
      @Route(['GET', 'QUERY'], '/:at')
      read(@Path('at') _at: string): unknown {
        return answer(this.value);
      }
    }
    return Reads;
  },
  'a generator of the handler': (read: Dependency<unknown>) => {
    const opened = dependency({ read }, function* ({ read: value }) {
      yield value;
    });
    @Controller()
    class Reads {
      @Route(['GET', 'QUERY'], '/:at')
      read(@Depends(opened) value: unknown, @Path('at') _at: string): unknown {
        return answer(value);
      }
    }
    return Reads;
  },
};

let runs = 0;
beforeEach(() => void (runs = 0));
const answer = (value: unknown): unknown => {
  runs += 1;
  return { value };
};

async function ask(client: TestClient, { path = 'here', ...request }: ReturnType<Sends>) {
  const method = (request.json ?? request.form ?? request.files) ? 'QUERY' : 'GET';
  const response = await client.request(method, `/${path}`, request);
  return [response.status, response.text];
}

describe('an answer that is given again', () => {
  const cases = Object.entries(INPUTS).flatMap(([kind, [input, sends]]) =>
    Object.entries(PLACES).map(([place, controller]) => ({
      kind,
      place,
      input,
      sends,
      controller,
    })),
  );

  test.each(cases)(
    'is for those who send the same: $kind in $place',
    async ({ input, sends, controller }) => {
      const read = dependency({ value: input as Dependency<unknown> }, ({ value }) => value);
      await using client = await testClient(
        new Vivace({ controllers: [controller(read)], middleware: [cache({ seconds: 60 })] }),
      );
      const red = await ask(client, sends('red'));
      const blue = await ask(client, sends('blue'));
      expect([red[0], blue[0]]).toEqual([200, 200]);
      expect(red[1]).not.toBe(blue[1]);
      expect([await ask(client, sends('red')), await ask(client, sends('blue'))]).toEqual([
        red,
        blue,
      ]);
      expect(runs).toBe(2);
      const strange = sends('red');
      await ask(client, { ...strange, headers: { ...strange.headers, 'x-other': 'a' } });
      expect(runs).toBe(2);
    },
  );

  @Controller('/reports')
  class Reports {
    @Get('/')
    read(q: string = ''): unknown {
      return answer(q);
    }
  }

  test('is the same whatever unknown parameters the query has', async () => {
    await using client = await testClient(
      new Vivace({ controllers: [Reports], middleware: [cache({ seconds: 60 })] }),
    );
    const first = await client.get('/reports/?q=a');
    for (const query of ['?q=a&utm=1', '?utm=2&q=a', '?q=b&q=a', '?%71=a'])
      expect((await client.get(`/reports/${query}`)).text).toBe(first.text);
    expect(runs).toBe(1);
  });

  test('is for one version of the API, one host, one place in the server', async () => {
    @Controller('/versions', { apiVersion: '1' })
    class One {
      @Get('/')
      read(): unknown {
        return answer(1);
      }
    }
    @Controller('/versions', { apiVersion: '2' })
    class Two {
      @Get('/')
      read(): unknown {
        return answer(2);
      }
    }
    const cached = cache({ seconds: 60 });
    const inner = (): Vivace => new Vivace({ controllers: [Reports], middleware: [cached] });
    const app = new Vivace({ controllers: [One, Two], middleware: [cached] })
      .mount('/a', inner())
      .mount('/b', inner());
    await using client = await testClient(app);
    const texts: string[] = [];
    for (const version of ['1', '2'])
      for (const host of ['a.example', 'b.example'])
        texts.push(
          (await client.get('/versions/', { headers: { 'accept-version': version, host } })).text,
        );
    expect([texts, runs]).toEqual([
      ['{"value":1}', '{"value":1}', '{"value":2}', '{"value":2}'],
      4,
    ]);
    await client.get('/a/reports/');
    await client.get('/b/reports/');
    expect(runs).toBe(6);
  });

  test('is for one session', async () => {
    @Controller('/cart')
    class Cart {
      @Get('/enter/:name', { middleware: [] })
      enter(name: string, session: WebSession<{ name: string }>): null {
        session.data.name = name;
        return null;
      }
      @Get('/', { middleware: [cache({ seconds: 60, key: () => '' })] })
      read(session: WebSession<{ name: string }>): unknown {
        return answer(session.data.name);
      }
    }
    const app = new Vivace({
      controllers: [Cart],
      middleware: [sessions({ secret: 'x'.repeat(32), store: memoryStore() })],
    });
    const texts: string[] = [];
    await using server = await testClient(app);
    for (const name of ['ann', 'bob']) {
      const cookie = (await server.get(`/cart/enter/${name}`)).headers.get('set-cookie')!;
      for (let again = 0; again < 2; again += 1)
        texts.push(
          (await server.get('/cart/', { headers: { cookie: cookie.split(';')[0]! } })).text,
        );
    }
    expect([texts, runs]).toEqual([
      ['{"value":"ann"}', '{"value":"ann"}', '{"value":"bob"}', '{"value":"bob"}'],
      2,
    ]);
  });
});

describe('a guard before a cached answer', () => {
  const key = new APIKeyHeader({ key: 'x-key' });
  let valid = true;
  const checked = dependency({ key }, ({ key: given }) => {
    if (!valid || given !== 'good') throw new HTTPException(403);
    return given;
  });
  beforeEach(() => void (valid = true));

  const guards: Readonly<Record<string, { guard: Dependency<unknown> }>> = {
    'a scheme': { guard: key },
    'a dependency on a scheme': { guard: checked },
    'Security with scopes': { guard: Security(checked, ['read']) },
  };
  const around = (place: string, cached: Middleware, guard: Dependency<unknown>): Vivace => {
    @Controller(
      '/report',
      place === 'controller' ? { dependencies: [guard], middleware: [cached] } : {},
    )
    class Report {
      @Get('/', place === 'operation' ? { dependencies: [guard], middleware: [cached] } : {})
      read(): unknown {
        return answer('secret');
      }
    }
    return new Vivace({
      controllers: [Report],
      ...(place === 'application' && { dependencies: [guard], middleware: [cached] }),
    });
  };

  test.each(
    Object.entries(guards).flatMap(([name, { guard }]) =>
      ['application', 'controller', 'operation'].map((place) => ({ name, guard, place })),
    ),
  )('$name of the $place runs each time', async ({ guard, place }) => {
    await using client = await testClient(around(place, cache({ seconds: 60 }), guard));
    const ask = async (headers: Record<string, string>) =>
      (await client.get('/report/', { headers })).status;
    expect(await ask({ 'x-key': 'good' })).toBe(200);
    expect(await ask({ 'x-key': 'good' })).toBe(200);
    expect(runs).toBe(1);
    expect(await ask({})).toBe(401);
    valid = false;
    expect(await ask({ 'x-key': 'good' })).toBe(guard === key ? 200 : 403);
    expect(runs).toBe(1);
  });

  test('is one of middleware, too, wherever it stands', async () => {
    const members: Middleware = (request, next) => {
      if (request.headers.get('x-key') !== 'good') throw new HTTPException(401);
      return next();
    };
    for (const middleware of [
      [members, cache({ seconds: 60 })],
      [cache({ seconds: 60 }), members],
    ]) {
      @Controller('/report', { middleware })
      class Report {
        @Get('/')
        read(): unknown {
          return answer('secret');
        }
      }
      await using client = await testClient(new Vivace({ controllers: [Report] }));
      expect((await client.get('/report/', { headers: { 'x-key': 'good' } })).status).toBe(200);
      expect((await client.get('/report/')).status).toBe(401);
    }
  });

  test('guards the document, too', async () => {
    const app = new Vivace({ docs: { dependencies: [key] }, middleware: [cache({ seconds: 60 })] });
    await using client = await testClient(app);
    expect((await client.get('/openapi.json', { headers: { 'x-key': 'good' } })).status).toBe(200);
    expect((await client.get('/openapi.json')).status).toBe(401);
  });
});

describe('what reads the whole request', () => {
  const reader = dependency({ request: Request }, ({ request }) => request.headers.get('x-who'));
  @Controller('/who')
  class Who {
    @Get('/')
    read(@Depends(reader) who: string | null): unknown {
      return answer(who);
    }
  }

  test('needs a key for its cache', async () => {
    await expect(
      testClient(new Vivace({ controllers: [Who], middleware: [cache({ seconds: 60 })] })),
    ).rejects.toThrow('CACHE_KEY');
    const key = (request: Request): string => request.headers.get('x-who') ?? '';
    await using client = await testClient(
      new Vivace({ controllers: [Who], middleware: [cache({ seconds: 60, key })] }),
    );
    for (const who of ['ann', 'bob', 'ann'])
      expect((await client.get('/who/', { headers: { 'x-who': who } })).json()).toEqual({
        value: who,
      });
    expect(runs).toBe(2);
  });
});
