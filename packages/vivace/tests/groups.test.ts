import { MaxLength, Min, MinLength, ValidateNested } from 'class-validator';
import { Body, Controller, Post, Put, Query, Get, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Part {
  @Min(1, { groups: ['create'] }) count!: int;
  @ValidateNested({ each: true, always: true }) parts: Part[] = [];
}
class Item {
  @MinLength(3, { groups: ['create'] }) @MaxLength(9, { always: true }) name!: string;
  @ValidateNested({ always: true }) part!: Part;
}

class Cat {
  kind!: 'cat';
  @Min(1, { groups: ['create'] }) lives!: int;
}
class Dog {
  kind!: 'dog';
}
class Home {
  @ValidateNested({ always: true }) pet!: Cat | Dog;
  @ValidateNested({ each: true, always: true }) rooms!: Map<string, Part>;
}

@Controller('/items')
class Items {
  @Post('/')
  create(@Body({ groups: ['create'] }) item: Item): string {
    return item.name;
  }
  @Put('/')
  replace(@Body({ groups: ['update'] }) item: Item): string {
    return item.name;
  }
  @Post('/homes')
  furnish(@Body({ groups: ['create'] }) home: Home): string {
    return home.pet.kind;
  }
  @Get('/')
  find(@Query({ groups: ['update'] }) query: Named): string {
    return query.name;
  }
}
class Named {
  @MinLength(3, { groups: ['create'] }) @MaxLength(9, { groups: ['update'] }) name!: string;
}

const app = new Vivace({ controllers: [Items] });

describe('constraints of groups', () => {
  it('are documented in every member of a union and in the values of a record', async () => {
    const { components } = await app.openapi();
    const address = (name: string) => `#/components/schemas/${name}`;
    expect(components!.schemas!['Home_create']).toMatchObject({
      properties: {
        pet: {
          oneOf: [{ $ref: address('Cat_create') }, { $ref: address('Dog_create') }],
          discriminator: { mapping: { cat: address('Cat_create'), dog: address('Dog_create') } },
        },
        rooms: { additionalProperties: { $ref: address('Part_create') } },
      },
    });
    expect(components!.schemas!['Cat_create']).toHaveProperty('properties.lives.minimum', 1);
  });

  it('are documented where their groups count, also of what is nested', async () => {
    const { paths, components } = await app.openapi();
    const body = (method: string) =>
      (paths['/items/']![method] as { requestBody: unknown }).requestBody;
    const of = (name: string) => ({
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
    });
    expect([body('post'), body('put')]).toMatchObject([of('Item_create'), of('Item_update')]);
    const name = (schema: string) =>
      (components!.schemas![schema]!['properties'] as Record<string, unknown>)['name'];
    expect([name('Item_create'), name('Item_update')]).toEqual([
      { type: 'string', minLength: 3, maxLength: 9, title: 'Name' },
      { type: 'string', maxLength: 9, title: 'Name' },
    ]);
    expect(components!.schemas!['Part_create']).toMatchObject({
      properties: {
        count: { minimum: 1 },
        parts: { items: { $ref: '#/components/schemas/Part_create' } },
      },
    });
    expect(components!.schemas!['Part_update']).not.toHaveProperty('properties.count.minimum');
    expect(paths['/items/']!['get']).toMatchObject({
      parameters: [{ name: 'name', schema: { type: 'string', maxLength: 9, title: 'Name' } }],
    });
    expect(paths['/items/']!['get']).not.toHaveProperty('parameters.0.schema.minLength');
  });

  it('are checked where they are documented', async () => {
    await using client = await testClient(app);
    const json = { name: 'ab', part: { count: 0, parts: [{ count: 0 }] } };
    const refused = await client.post('/items/', { json });
    expect(refused.json<{ detail: { loc: unknown }[] }>().detail.map(({ loc }) => loc)).toEqual([
      ['body', 'name'],
      ['body', 'part', 'count'],
      ['body', 'part', 'parts', 0, 'count'],
    ]);
    expect((await client.put('/items/', { json })).json()).toBe('ab');
    expect((await client.get('/items/', { params: { name: 'a' } })).status).toBe(200);
    expect((await client.get('/items/', { params: { name: 'a'.repeat(10) } })).status).toBe(422);
  });
});
