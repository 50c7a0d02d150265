import { Controller, Form, Get, Post, Query, Vivace, type int } from 'vivace';
import { CursorPage, CursorQuery, Page, PageQuery } from 'vivace/responses';
import { OAuth2PasswordRequestForm } from 'vivace/security';
import { testClient } from 'vivace/testing';

class Item {
  id!: int;
  name!: string;
}
const items = Array.from({ length: 45 }, (_, index) => ({
  id: index + 1,
  name: `item ${index + 1}`,
  secret: 'x',
}));

@Controller('/items')
class Items {
  @Get('/')
  list(@Query() query: PageQuery): Page<Item> {
    return Page.of(items.slice(query.offset, query.offset + query.size), items.length, query);
  }
  @Get('/after')
  after(@Query() query: CursorQuery): CursorPage<Item> {
    const start =
      query.cursor === undefined ? 0 : items.findIndex(({ id }) => String(id) === query.cursor) + 1;
    return CursorPage.of(items.slice(start, start + query.size), query, ({ id }) => id);
  }
}
const app = new Vivace({ controllers: [Items] });

describe('numbered pages', () => {
  it('have their items, filtered, and how many there are', async () => {
    await using client = await testClient(app);
    expect((await client.get('/items/', { params: { page: 3, size: 20 } })).json()).toEqual({
      items: Array.from({ length: 5 }, (_, index) => ({
        id: index + 41,
        name: `item ${index + 41}`,
      })),
      total: 45,
      page: 3,
      size: 20,
      pages: 3,
    });
    expect((await client.get('/items/')).json<Page<Item>>().items).toHaveLength(20);
    expect((await client.get('/items/', { params: { page: 9 } })).json()).toMatchObject({
      items: [],
      total: 45,
      pages: 3,
    });
  });

  it.each(['page=0', 'page=-1', 'size=0', 'size=101', 'page=x', 'page=99999999999', 'page=1.5'])(
    'have bounds: %s is 422',
    async (query) => {
      await using client = await testClient(app);
      expect((await client.get(`/items/?${query}`)).status).toBe(422);
    },
  );

  it('stand in the document with their bounds and the type of their items', async () => {
    const { paths, components } = await app.openapi();
    expect(paths['/items/']!['get']).toMatchObject({
      parameters: [
        { name: 'page', schema: { minimum: 1, default: 1 } },
        { name: 'size', schema: { minimum: 1, maximum: 100, default: 20 } },
      ],
      responses: {
        '200': {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Page_Item_' } } },
        },
      },
    });
    expect(components!.schemas!['Page_Item_']).toMatchObject({
      properties: { items: { items: { $ref: '#/components/schemas/Item' } } },
    });
  });
});

describe('pages after a cursor', () => {
  it('lead from the first item to the last', async () => {
    await using client = await testClient(app);
    const seen: int[] = [];
    let cursor: string | null | undefined;
    do {
      const page = (
        await client.get('/items/after', { params: { size: 20, cursor: cursor ?? undefined } })
      ).json<CursorPage<Item>>();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(items.map(({ id }) => id));
  });

  it.each(['size=0', 'size=101', `cursor=${'x'.repeat(2000)}`])(
    'have bounds: %.20s is 422',
    async (query) => {
      await using client = await testClient(app);
      expect((await client.get(`/items/after?${query}`)).status).toBe(422);
    },
  );
});

test('the document of a program has none of the comments of the framework', async () => {
  @Controller('/some')
  class Some {
    @Get('/')
    some(@Query() query: PageQuery): Omit<Page<Item>, 'pages'> {
      return Page.of(items, items.length, query);
    }
    @Post('/login')
    login(@Form() form: OAuth2PasswordRequestForm): string {
      return form.username;
    }
  }
  const { paths, components } = await new Vivace({ controllers: [Items, Some] }).openapi();
  const { Page_Item_: page, CursorPage_Item_: cursorPage, ...others } = components!.schemas!;
  const form = others['Body_login_some_login_post'];
  expect(form).toMatchObject({ properties: { username: { title: 'Username' } } });
  const written = JSON.stringify([page, cursorPage, form, paths['/some/']]);
  expect(written).not.toMatch(/"(description|examples)":"(?!Successful Response|Validation Error)/);
});
