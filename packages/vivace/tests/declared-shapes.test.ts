import { Body, Controller, Get, int, Model, Post, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';

@Model({ extra: 'forbid' })
class Nothing {}

@Controller('/shapes')
class Shapes {
  @Post('/nothing')
  nothing(body: Nothing): boolean {
    return body instanceof Nothing;
  }
  @Post('/lists')
  lists(@Body() lists: [string, ...int[][]]): [string, ...int[][]] {
    return lists;
  }
  @Post('/texts')
  texts(@Body() texts: [int, ...string[]]): [int, ...string[]] {
    return texts;
  }
  @Get('/one')
  @Get('/two')
  two(): int {
    return 2;
  }
}

describe('a shape', () => {
  const app = new Vivace({ controllers: [Shapes] });

  it('of a class with @Model and without fields is a body', async () => {
    await using client = await testClient(app);
    expect((await client.post('/shapes/nothing', { json: {} })).json()).toBe(true);
    const refused = await client.post('/shapes/nothing', { json: { a: 1 } });
    expect([refused.status, refused.json()]).toMatchObject([
      422,
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'a'] }] },
    ]);
  });

  it('of a tuple with lists at its end has lists there', async () => {
    await using client = await testClient(app);
    const post = async (path: string, json: unknown) => (await client.post(path, { json })).json();
    expect(await post('/shapes/lists', ['a', [1, 2], []])).toEqual(['a', [1, 2], []]);
    expect(await post('/shapes/lists', ['a', 1])).toMatchObject({
      detail: [{ type: 'list_type', loc: ['body', 1] }],
    });
    expect(await post('/shapes/texts', [1, 'a', 'b'])).toEqual([1, 'a', 'b']);
    const { paths } = await app.openapi();
    expect(JSON.stringify(paths['/shapes/lists'])).toContain(
      '"items":{"items":{"type":"integer"},"type":"array"}',
    );
  });

  it('of a method with two decorators is two operations', async () => {
    await using client = await testClient(app);
    expect((await client.get('/shapes/one')).json()).toBe(2);
    expect((await client.get('/shapes/two')).json()).toBe(2);
    const { paths } = await app.openapi();
    const ids = ['/shapes/one', '/shapes/two'].map((path) => (paths[path] as any).get.operationId);
    expect(ids).toEqual(['two_shapes_one_get', 'two_shapes_two_get']);
  });
});

describe('a method of other frameworks', () => {
  it.each(['get', 'post', 'delete', 'route', 'all', 'register', 'addHook', 'inject', 'close'])(
    'app.%s says what to write',
    (name) => {
      const app = new Vivace() as unknown as Record<string, (...given: unknown[]) => unknown>;
      expect(() => app[name]!('/', () => 1)).toThrow(
        new RegExp(
          `\\[APPLICATION_METHOD\\] app\\.${name} \\(.*declared-shapes.*\\)[^]*Write instead: .+`,
        ),
      );
    },
  );
});
