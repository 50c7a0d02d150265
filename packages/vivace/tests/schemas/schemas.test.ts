import { type } from 'arktype';
import * as v from 'valibot';
import {
  Body,
  Controller,
  dependency,
  Depends,
  Field,
  Get,
  Header,
  oneOf,
  parse,
  Post,
  Query,
  RequestValidationError,
  Vivace,
  WebSocket,
  WebSocketRoute,
  type StandardSchema,
} from 'vivace';
import { jsonSchema } from 'vivace/openapi';
import { EventSourceResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';
import { z } from 'zod';
import { detailOf, documentOf } from './read';

/** Schemas of any shape, by one line for each. */
async function served(controller: new () => object) {
  return testClient(new Vivace({ controllers: [controller] }), { raiseErrors: false });
}

describe('what is absent', () => {
  const counted = z.coerce.number().default(20);
  @Controller()
  class Lists {
    @Get('/default') default(@Query(counted) limit: number) {
      return { limit };
    }
    @Get('/optional') optional(@Query(z.string().optional()) q?: string) {
      return { q: q ?? 'none' };
    }
    @Get('/transformed')
    transformed(
      @Query(
        z
          .string()
          .optional()
          .transform((q) => q ?? 'made'),
      )
      q: string,
    ) {
      return { q };
    }
    @Get('/own') own(@Query(z.string()) q: string = 'own') {
      return { q };
    }
    @Get('/absent') absent(@Query(z.string()) q?: string) {
      return { q: q ?? 'none' };
    }
    @Post('/body') body(@Body(z.object({ a: z.number() }).default({ a: 1 })) body: { a: number }) {
      return body;
    }
    @Get('/header') header(@Header(z.string().nullish()) xToken: string | null | undefined) {
      return { xToken: xToken ?? null };
    }
  }

  test.each([
    ['/default', { limit: 20 }],
    ['/default?limit=3', { limit: 3 }],
    ['/optional', { q: 'none' }],
    ['/transformed', { q: 'made' }],
    ['/own', { q: 'own' }],
    ['/absent', { q: 'none' }],
    ['/header', { xToken: null }],
  ])('%s is the word of the schema, or of the parameter', async (path, expected) => {
    await using client = await served(Lists);
    expect((await client.get(path)).json()).toEqual(expected);
  });

  test('the document asks for nothing that has an answer', async () => {
    await using client = await served(Lists);
    expect((await client.post('/body')).json()).toEqual({ a: 1 });
    const { paths } = await documentOf(client);
    for (const path of ['/default', '/optional', '/transformed', '/own', '/absent', '/header'])
      expect([path, paths[path].get.parameters[0].required]).toEqual([path, false]);
    expect(paths['/body'].post.requestBody.required).toBeUndefined();
    expect(paths['/default'].get.parameters[0].schema.default).toBe(20);
  });
});

describe('a schema that waits', () => {
  const calls: unknown[] = [];
  const free: StandardSchema<string, string> = {
    '~standard': {
      version: 1,
      vendor: 'mine',
      validate: async (name) => {
        calls.push(name);
        await Promise.resolve();
        if (name === undefined) return { issues: [{ message: 'Absent' }] };
        return name === 'taken' ? { issues: [{ message: 'Taken' }] } : { value: String(name) };
      },
    },
  };
  const answer = z.object({
    name: z.string().refine(async (name) => Promise.resolve(name !== 'taken')),
  });

  @Controller()
  class Names {
    @Post('/', { response: answer })
    create(@Body(free, { embed: true }) name: string) {
      return { name };
    }
    @Get('/one', { response: free }) one(@Query(free) name: string) {
      return name;
    }
    @Get('/wrong', { response: answer }) wrong() {
      return { name: 'taken' };
    }
    @Get('/lines', { response: answer })
    async *lines() {
      yield { name: 'a' };
      yield { name: 'b' };
    }
    @Get('/events', { response: answer, responseClass: EventSourceResponse })
    async *events() {
      yield { name: 'a' };
    }
  }

  test('is waited for, and asked once', async () => {
    await using client = await served(Names);
    calls.length = 0;
    expect((await client.post('/', { json: { name: 'new' } })).json()).toEqual({ name: 'new' });
    expect(calls).toEqual(['new']);
    const refused = await client.post('/', { json: { name: 'taken' } });
    expect(detailOf(refused)).toEqual([
      { type: 'value_error', loc: ['body', 'name'], msg: 'Taken', input: 'taken' },
    ]);
    expect((await client.get('/one?name=a')).json()).toBe('a');
    expect((await client.get('/one?name=taken')).status).toBe(422);
    expect(detailOf(await client.get('/one'))[0]?.type).toBe('missing');
  });

  test('is waited for in answers too, and in each item of a stream', async () => {
    await using client = await served(Names);
    expect((await client.get('/wrong')).status).toBe(500);
    expect((await client.get('/lines')).text).toBe('{"name":"a"}\n{"name":"b"}\n');
    expect((await client.get('/events')).text).toContain('data: {"name":"a"}');
  });

  test('closes what the request opened after it has answered', async () => {
    const order: string[] = [];
    const session = dependency(async function* () {
      yield 'session';
      order.push('closed');
    });
    const slow = v.pipeAsync(
      v.string(),
      v.checkAsync(async () => {
        await new Promise(setImmediate);
        order.push('validated');
        return true;
      }),
    );
    @Controller()
    class Scoped {
      @Get('/', { response: slow }) read(@Depends(session) session: string) {
        return session;
      }
    }
    await using client = await served(Scoped);
    expect((await client.get('/')).json()).toBe('session');
    expect(order).toEqual(['validated', 'closed']);
  });
});

describe('a schema that fails', () => {
  test('is a fault of the program', async () => {
    const broken = z.string().transform((): string => {
      throw new TypeError('broken');
    });
    @Controller()
    class Broken {
      @Get('/') read(@Query(broken) q: string) {
        return q;
      }
    }
    await using client = await served(Broken);
    expect((await client.get('/?q=a')).status).toBe(500);
  });

  test('is asked once for a value that it refuses', async () => {
    let calls = 0;
    const counting: StandardSchema<string, string> = {
      '~standard': {
        version: 1,
        vendor: 'mine',
        validate: (value) => {
          calls += 1;
          return value === 'right'
            ? { value: 'right' }
            : { issues: [{ message: 'Wrong', path: [Symbol('sign'), { key: 1 }] }] };
        },
      },
    };
    @Controller()
    class Counting {
      @Get('/') read(@Query(counting) q: string) {
        return q;
      }
    }
    await using client = await served(Counting);
    calls = 0;
    expect((await client.get('/?q=right')).json()).toBe('right');
    expect(calls).toBe(1);
    expect(detailOf(await client.get('/?q=wrong'))).toEqual([
      { type: 'value_error', loc: ['query', 'q', 'sign', 1], msg: 'Wrong', input: 'wrong' },
    ]);
    expect(calls).toBe(2);
  });
});

test('a value that the schema says is only written is never shown', async () => {
  const login = z.object({
    name: z.string().min(3),
    password: z.string().min(8).meta({ format: 'password' }),
  });
  @Controller()
  class Logins {
    @Post('/') login(@Body(login) body: { name: string; password: string }) {
      return body.name;
    }
  }
  await using client = await served(Logins);
  const text = (await client.post('/', { json: { name: 'A', password: 'secret' } })).text;
  expect(text).not.toContain('secret');
  expect(text).toContain('**********');
});

test('a large value is not echoed', async () => {
  @Controller()
  class Texts {
    @Post('/') read(@Body(z.object({ text: z.string().max(3) })) body: { text: string }) {
      return body;
    }
  }
  await using client = await served(Texts);
  const response = await client.post('/', { json: { text: 'x'.repeat(5000) } });
  expect(detailOf(response)[0]).not.toHaveProperty('input');
});

describe('a schema stands wherever a type stands', () => {
  const Point = z.object({ x: z.coerce.number(), y: z.coerce.number() });
  class Line {
    @Field({ type: Point }) from!: { x: number; y: number };
    @Field({ type: [Point] }) more!: { x: number; y: number }[];
  }

  test('in a dependency, a DTO, a list, a union and a WebSocket', async () => {
    const page = dependency(
      { skip: Query(z.coerce.number().default(0)), filter: Query(z.object({ q: z.string() })) },
      ({ skip, filter }) => ({ skip: skip + 1, q: filter.q }),
    );
    @Controller()
    class Lines {
      @Get('/page') page(@Depends(page) page: { skip: number; q: string }) {
        return page;
      }
      @Post('/line') line(line: Line): Line {
        return line;
      }
      @Post('/list') list(@Body([Point]) points: { x: number; y: number }[]) {
        return points;
      }
      @Post('/union')
      union(@Body(oneOf(Point, Number)) value: { x: number; y: number } | number) {
        return { value };
      }
      @WebSocketRoute('/socket')
      async socket(socket: WebSocket) {
        const point = await socket.receive(Point);
        await socket.sendJson(point);
      }
    }
    await using client = await served(Lines);
    expect((await client.get('/page?skip=3&q=a')).json()).toEqual({ skip: 4, q: 'a' });
    expect(detailOf(await client.get('/page?skip=3'))[0]?.loc).toEqual(['query', 'q']);
    const line = { from: { x: '1', y: 2 }, more: [{ x: 1, y: '3' }] };
    expect((await client.post('/line', { json: line })).json()).toEqual({
      from: { x: 1, y: 2 },
      more: [{ x: 1, y: 3 }],
    });
    const wrong = { from: { x: 1, y: 2 }, more: [{ x: 1, y: 'z' }] };
    expect(detailOf(await client.post('/line', { json: wrong }))).toEqual([
      { type: 'value_error', loc: ['body', 'more', 0, 'y'], msg: expect.any(String), input: 'z' },
    ]);
    expect((await client.post('/list', { json: [{ x: '1', y: 2 }] })).json()).toEqual([
      { x: 1, y: 2 },
    ]);
    expect((await client.post('/union', { json: 3 })).json()).toEqual({ value: 3 });
    expect((await client.post('/union', { json: { x: 1, y: 2 } })).json()).toEqual({
      value: { x: 1, y: 2 },
    });
    await using socket = await client.websocket('/socket');
    socket.sendJson({ x: '1', y: '2' });
    expect(await socket.receiveJson()).toEqual({ x: 1, y: 2 });
  });

  test('in parse and jsonSchema', () => {
    expect(parse(Point, { x: '1', y: 2 })).toEqual({ x: 1, y: 2 });
    expect(() => parse(Point, { x: 'a', y: 2 })).toThrow(RequestValidationError);
    expect(jsonSchema(type({ name: 'string' }))).toEqual({
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
    });
  });
});

describe('the document', () => {
  test('has a component for each schema with a name, in both directions', async () => {
    const Tag = z.object({ text: z.string().default('') }).meta({ id: 'Tag' });
    const Tree = z
      .object({
        name: z.string(),
        tags: z.array(Tag),
        get children() {
          return z.array(Tree);
        },
      })
      .meta({ id: 'Tree' });
    @Controller()
    class Trees {
      @Post('/', { response: Tree }) create(@Body(Tree) tree: z.infer<typeof Tree>) {
        return tree;
      }
      @Get('/', { response: [Tag] }) list() {
        return [];
      }
    }
    await using client = await served(Trees);
    const { paths, components } = await documentOf(client);
    const { requestBody, responses } = paths['/'].post;
    expect(requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Tree-Input',
    });
    expect(responses[200].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Tree-Output',
    });
    expect(paths['/'].get.responses[200].content['application/json'].schema.items).toEqual({
      $ref: '#/components/schemas/Tag-Output',
    });
    expect(components.schemas['Tree-Input'].properties.children.items).toEqual({
      $ref: '#/components/schemas/Tree-Input',
    });
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Tag-Input', 'Tag-Output', 'Tree-Input', 'Tree-Output']),
    );
  });

  test('numbers those that refer to themselves without a name', async () => {
    const zodTree = z.object({
      get children() {
        return z.array(zodTree);
      },
    });
    type Node = { children: Node[] };
    const valibotTree: v.GenericSchema<Node> = v.object({
      children: v.lazy(() => v.array(valibotTree)),
    });
    @Controller()
    class Trees {
      @Post('/zod') zod(@Body(zodTree) tree: Node) {
        return tree;
      }
      @Post('/valibot') valibot(@Body(valibotTree) tree: Node) {
        return tree;
      }
    }
    await using client = await served(Trees);
    const { paths, components } = await documentOf(client);
    expect(paths['/zod'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Schema',
    });
    expect(components.schemas['Schema'].properties.children.items.$ref).toBe(
      '#/components/schemas/Schema',
    );
    expect(JSON.stringify(paths['/valibot'])).toContain('#/components/schemas/Schema_2');
  });

  test('says anything where a library has no words', async () => {
    @Controller()
    class Dates {
      @Post('/') add(
        @Body(z.object({ at: z.coerce.date(), n: z.int() })) body: { at: Date; n: number },
      ) {
        return body.at;
      }
    }
    await using client = await served(Dates);
    const sent = await client.post('/', { json: { at: '2026-01-02T03:04:05Z', n: 1 } });
    expect(sent.json()).toMatch(/^2026-01-02T03:04:05/);
    const { paths } = await documentOf(client);
    const { properties } = paths['/'].post.requestBody.content['application/json'].schema;
    expect(properties.at).toEqual({});
    expect(properties.n.type).toBe('integer');
  });
});

test('a library without JSON Schema is asked by examples what it takes', async () => {
  const of = <T>(schema: StandardSchema<T, T>): StandardSchema<T, T> => ({
    '~standard': { ...schema['~standard'], vendor: 'unknown', jsonSchema: undefined } as never,
  });
  @Controller()
  class Unknown {
    @Get('/group') group(@Query(of(z.object({ q: z.string() }))) group: { q: string }) {
      return group;
    }
    @Get('/list') list(@Query(of(z.array(z.string()))) q: string[]) {
      return q;
    }
    @Get('/one') one(@Query(of(z.string())) q: string) {
      return q;
    }
  }
  await using client = await served(Unknown);
  expect((await client.get('/group?q=a')).json()).toEqual({ q: 'a' });
  expect((await client.get('/list?q=a')).json()).toEqual(['a']);
  expect((await client.get('/one?q=a')).json()).toBe('a');
  const { paths } = await documentOf(client);
  expect(paths['/one'].get.parameters[0].schema).toEqual({ title: 'Q' });
});

test('an object that has a name on the wire is one value', async () => {
  const json = z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.object({ a: z.number() }));
  const named = z.preprocess(
    (text) => JSON.parse(String(text)) as unknown,
    z.object({ a: z.number() }),
  );
  @Controller()
  class Filters {
    @Get('/') read(@Query(json) filter: { a: number }) {
      return filter;
    }
    @Get('/named') named(@Query(named, { alias: 'filter' }) filter: { a: number }) {
      return filter;
    }
  }
  await using client = await served(Filters);
  const query = `filter=${encodeURIComponent('{"a":1}')}`;
  expect((await client.get(`/?${query}`)).json()).toEqual({ a: 1 });
  expect((await client.get(`/named?${query}`)).json()).toEqual({ a: 1 });
});

test('include, exclude and excludeNone choose what an answer shows', async () => {
  const Item = z.object({ a: z.number(), b: z.string().nullable(), at: z.date() });
  const item = { a: 1, b: null, at: new Date(0) };
  @Controller()
  class Items {
    @Get('/in', { response: Item, include: ['a'] }) include() {
      return item;
    }
    @Get('/out', { response: [Item], exclude: ['a'] }) exclude() {
      return [item];
    }
    @Get('/none', { response: Item, excludeNone: true }) none() {
      return item;
    }
  }
  await using client = await served(Items);
  expect((await client.get('/in')).json()).toEqual({ a: 1 });
  expect((await client.get('/none')).json()).toEqual({ a: 1, at: '1970-01-01T00:00:00Z' });
  expect((await client.get('/out')).json()).toEqual([{ b: null, at: '1970-01-01T00:00:00Z' }]);
});
