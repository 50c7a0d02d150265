import { type } from 'arktype';
import * as v from 'valibot';
import { Body, Controller, Post, Query, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { app } from './heroes';
import { detailOf, documentOf } from './read';

test('the program of the guide validates, answers and documents by its schemas', async () => {
  await using client = await testClient(app);
  const created = await client.post('/heroes/', { json: { name: 'Ann', born: '2000-01-02' } });
  expect([created.status, created.json()]).toEqual([
    201,
    { name: 'Ann', born: '2000-01-02', powers: [], id: 1 },
  ]);
  expect((await client.get('/heroes/?power=flying')).json()).toEqual([]);
  expect((await client.get('/heroes/')).json()).toHaveLength(1);
  const refused = await client.post('/heroes/', { json: { name: 'A', born: '2000-01-02' } });
  expect(detailOf(refused)).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'name'],
      msg: 'Too small: expected string to have >=2 characters',
      input: 'A',
    },
  ]);
  const { paths, components } = await documentOf(client);
  expect(Object.keys(components.schemas)).toContain('Hero');
  const parameters = paths['/heroes/'].get.parameters as { name: string; required: boolean }[];
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ['name', false],
    ['power', false],
    ['limit', false],
  ]);
});

test('the same in valibot and in arktype', async () => {
  const Point = v.object({ x: v.number(), y: v.optional(v.number(), 0) });
  const Page = type({ page: type('string.integer.parse').to('number >= 1') });

  @Controller('/points')
  class Points {
    @Post('/')
    add(@Body(Point) point: v.InferOutput<typeof Point>) {
      return point;
    }
    @Get('/')
    list(@Query(Page) { page }: typeof Page.infer) {
      return page;
    }
  }
  await using client = await testClient(new Vivace({ controllers: [Points] }));
  expect((await client.post('/points/', { json: { x: 1 } })).json()).toEqual({ x: 1, y: 0 });
  expect((await client.get('/points/?page=2')).json()).toBe(2);
});
