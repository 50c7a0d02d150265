import { Controller, Get, Vivace, type int } from 'vivace';

class User {
  id!: int;
  name!: string;
  email!: string;
}
class Post {
  id!: int;
  title!: string;
}
class Page<T> {
  items!: T[];
}
interface Box<T> {
  inside: T;
}
type Tree<T> = T | Tree<T>[];

@Controller()
class Made {
  @Get('/a')
  a(): Page<Omit<User, 'id'>> {
    throw new Error('never');
  }
  @Get('/b')
  b(): Page<Omit<Post, 'id'>> {
    throw new Error('never');
  }
  @Get('/c')
  c(): Page<Omit<User, 'name'>> {
    throw new Error('never');
  }
  @Get('/d')
  d(): Page<Partial<Omit<User, 'id'>>> {
    throw new Error('never');
  }
  @Get('/e')
  e(): Page<{ one: int }> {
    throw new Error('never');
  }
  @Get('/f')
  f(): Page<{ two: string }> {
    throw new Error('never');
  }
  @Get('/g')
  g(): Box<Page<Omit<User, 'id'>>> {
    throw new Error('never');
  }
  @Get('/h')
  h(): Box<Page<Omit<User, 'name'>>> {
    throw new Error('never');
  }
  @Get('/i')
  i(): Box<Tree<{ one: int }>> {
    throw new Error('never');
  }
  @Get('/j')
  j(): Box<Tree<{ two: int }>> {
    throw new Error('never');
  }
  @Get('/k')
  k(): Page<Omit<User, 'id'>> {
    throw new Error('never');
  }
  @Get('/l')
  l(): Page<User> {
    throw new Error('never');
  }
}

describe('the names of generic types', () => {
  it('are made of what is written, and of a number where that does not tell them apart', async () => {
    const { paths, components } = await new Vivace({ controllers: [Made] }).openapi();
    const refOf = (path: string): string =>
      (
        paths[path] as {
          get: {
            responses: { 200: { content: { 'application/json': { schema: { $ref: string } } } } };
          };
        }
      ).get.responses[200].content['application/json'].schema.$ref.replace(
        '#/components/schemas/',
        '',
      );
    const names = Object.fromEntries(
      'abcdefghijkl'.split('').map((one) => [one, refOf(`/${one}`)]),
    );
    expect(names).toEqual({
      a: 'Page_OmitUser_',
      b: 'Page_OmitPost_',
      c: 'Page_OmitUser_2',
      d: 'Page_PartialOmitUser_',
      e: 'Page_dict_',
      f: 'Page_dict_2',
      g: 'Box_Page_OmitUser__',
      h: 'Box_Page_OmitUser__2',
      i: expect.stringMatching(/^Box_.*Tree/),
      j: expect.stringMatching(/^Box_.*Tree.*2$/),
      k: 'Page_OmitUser_',
      l: 'Page_User_',
    });
    for (const name of Object.values(names)) expect(components!.schemas).toHaveProperty([name]);
    const fields = (name: string) =>
      Object.keys(
        (components!.schemas![name] as { properties: { items: { items: { properties: object } } } })
          .properties.items.items.properties,
      );
    expect([fields('Page_OmitUser_'), fields('Page_OmitUser_2')]).toEqual([
      ['name', 'email'],
      ['id', 'email'],
    ]);
  });
});
