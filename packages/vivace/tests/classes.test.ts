import { MinLength } from 'class-validator';
import {
  Controller,
  Get,
  Patch,
  Post,
  Vivace,
  copy,
  dump,
  fieldsSet,
  make,
  parse,
  type int,
} from 'vivace';
import { testClient } from 'vivace/testing';
import ShelfItem from './shelf-item';
import ShelfItems from './shelf-items';

describe('a class that a file exports as its default without a name', () => {
  it('is called by its file, in messages, in the document and at run time', async () => {
    const app = new Vivace({ controllers: [ShelfItems] });
    expect([ShelfItems.name, ShelfItem.name]).toEqual(['ShelfItems', 'ShelfItem']);
    expect((await app.routes()).map(({ handler }) => handler)).toEqual(['ShelfItems.add']);
    expect(Object.keys((await app.openapi()).components!.schemas!)).toEqual(
      expect.arrayContaining(['ShelfItem-Input', 'ShelfItem-Output']),
    );
  });
});

describe('an auto-accessor', () => {
  it('is a field: validated, converted, with its default and constraints', async () => {
    await using client = await testClient(new Vivace({ controllers: [ShelfItems] }));
    expect((await client.post('/shelf/', { json: { name: 'pen', price: '4' } })).json()).toEqual({
      name: 'pen',
      price: 4,
      note: null,
      double: 8,
    });
    const refused = await client.post('/shelf/', { json: { name: 'x', price: 'y' } });
    expect(refused.json<{ detail: { type: string }[] }>().detail.map(({ type }) => type)).toEqual([
      'string_too_short',
      'int_parsing',
    ]);
    const { properties } = client.server.openapi().components!.schemas!['ShelfItem-Output'] as {
      properties: object;
    };
    expect(properties).toMatchObject({ price: { default: 3 }, double: { readOnly: true } });
    expect(properties).not.toHaveProperty('price.readOnly');
  });

  it('is a field of values outside requests, too', () => {
    const item = parse(ShelfItem, { name: 'pen' });
    expect([...fieldsSet(item)]).toEqual(['name']);
    expect(dump(copy(item, { price: 5 }))).toEqual({
      name: 'pen',
      price: 5,
      note: null,
      double: 10,
    });
    expect(dump(make(ShelfItem, { name: 'ink', price: 1 }), { excludeUnset: true })).toEqual({
      name: 'ink',
      price: 1,
      double: 2,
    });
  });
});

class User {
  @MinLength(2) name!: string;
  age: int = 1;
}
abstract class Reading<T extends object> {
  @Post('/filter')
  filter(like: Partial<T>): Partial<T> {
    return like;
  }
}
abstract class Crud<T extends object> extends Reading<T> {
  @Post('/')
  add(item: T): T {
    return item;
  }
}
abstract class Audited<Row extends object> extends Crud<Row> {
  @Patch('/')
  change(changes: Partial<Row>): Pick<Row, keyof Row> {
    return changes as Row;
  }
}
@Controller('/users')
class Users extends Audited<User> {}

class Versions<T> {
  next!: Partial<T>;
}
class Draft<T> extends Versions<T> {
  author!: string;
}
@Controller('/drafts')
class Drafts {
  @Post('/')
  save(draft: Draft<User>): Draft<User> {
    return draft;
  }
}

describe('a class below several generic ones', () => {
  const types = (response: { json<T>(): T }) =>
    response.json<{ detail: { type: string }[] }>().detail.map(({ type }) => type);

  it('has their operations with its arguments, also in types that are made of them', async () => {
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    expect((await client.post('/users/', { json: { name: 'ann', age: '3' } })).json()).toEqual({
      name: 'ann',
      age: 3,
    });
    expect((await client.post('/users/filter', { json: { age: '3', no: 1 } })).json()).toEqual({
      age: 3,
    });
    expect(types(await client.post('/users/filter', { json: { name: 'a', age: 'x' } }))).toEqual([
      'string_too_short',
      'int_parsing',
    ]);
    expect((await client.patch('/users/', { json: { name: 'bob', age: '7' } })).json()).toEqual({
      name: 'bob',
      age: 7,
    });
  });

  it('has their fields', async () => {
    await using client = await testClient(new Vivace({ controllers: [Drafts] }));
    const saved = await client.post('/drafts/', {
      json: { author: 'ann', next: { age: '3', no: 1 } },
    });
    expect(saved.json()).toEqual({ author: 'ann', next: { age: 3 } });
    expect(
      types(await client.post('/drafts/', { json: { author: 'ann', next: { name: 'a' } } })),
    ).toEqual(['string_too_short']);
  });
});

class Report {
  total!: Promise<int>;
}
@Controller('/reports')
class Reports {
  @Get('/')
  read(): Report {
    return { total: Promise.resolve(1) };
  }
}

describe('a field that is a promise', () => {
  it('is an error at boot, since nothing waits for it', async () => {
    await expect(new Vivace({ controllers: [Reports] }).build()).rejects.toThrow(
      /\[UNSUPPORTED_TYPE\] Report\.total .*: a Promise cannot be read from or written to JSON\n.*`int` in the place of `Promise<int>`/,
    );
  });
});
