import { Vivace, copy, dump, fieldsSet, make, parse } from 'vivace';
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
    expect(refused.json<{ detail: { type: string }[] }>().detail.map(({ type }) => type)).toEqual(['string_too_short', 'int_parsing']);
    const { properties } = client.server.openapi().components!.schemas!['ShelfItem-Output'] as { properties: object };
    expect(properties).toMatchObject({ price: { default: 3 }, double: { readOnly: true } });
    expect(properties).not.toHaveProperty('price.readOnly');
  });

  it('is a field of values outside requests, too', () => {
    const item = parse(ShelfItem, { name: 'pen' });
    expect([...fieldsSet(item)]).toEqual(['name']);
    expect(dump(copy(item, { price: 5 }))).toEqual({ name: 'pen', price: 5, note: null, double: 10 });
    expect(dump(make(ShelfItem, { name: 'ink', price: 1 }), { excludeUnset: true })).toEqual({ name: 'ink', price: 1, double: 2 });
  });
});
