import { Body, Controller, Get, Post, Vivace, type email, type int } from 'vivace';
import { Page } from 'vivace/responses';

/**
 * A user.
 *
 * @example {"name": "Ann", "age": 7}
 * @example const user = new User();
 */
class User {
  /**
   * The name.
   * @example 5
   * @example Ann
   */
  name!: string;
  /**
   * @example 7
   * @example seven
   * @example [1]
   */
  age!: int;
  /**
   * @example ann@example.org
   * @example nobody
   */
  mail?: email;
  /**
   * @example ["a", "b"]
   * @example a, b
   * @example list.push('a')
   */
  tags: string[] = [];
  /**
   * @minimum 3
   * @example 1
   */
  size?: int;
}

@Controller()
class Users {
  @Post('/')
  add(@Body() user: User): Page<User> {
    throw new Error(user.name);
  }
  @Get('/')
  list(): Page<User> {
    throw new Error('never');
  }
}

it('comments of the program are in its document, where examples fit; those of the framework are not', async () => {
  const { components } = await new Vivace({ controllers: [Users] }).openapi();
  expect(components!.schemas!['User']).toMatchObject({
    description: 'A user.',
    examples: [{ name: 'Ann', age: 7 }],
    properties: {
      name: { description: 'The name.', examples: ['5', 'Ann'] },
      age: { examples: [7] },
      mail: { examples: ['ann@example.org'] },
      tags: { examples: [['a', 'b']] },
      size: { minimum: 3 },
    },
  });
  const { size } = (components!.schemas!['User'] as { properties: Record<string, object> })
    .properties;
  expect(size).not.toHaveProperty('examples');
  expect(JSON.stringify(components!.schemas!['Page_User_'])).not.toMatch(/description|example/);
});
