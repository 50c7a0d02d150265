import { Expose } from 'class-transformer';
import { MinLength } from 'class-validator';

import { int } from '../declare/types';
import { RequestValidationError } from '../errors/request-validation-error';
import { jsonable } from './jsonable';
import { copy, dump, fieldsSet, make, parse } from './values';

class Price {
  amount!: number;
  currency = 'EUR';
}
class Item {
  @MinLength(3) name!: string;
  price!: Price;
  note: string | null = null;
  since?: Date;

  @Expose()
  get label(): string {
    return `${this.name} (${this.price.amount})`;
  }
}

describe('values outside of requests', () => {
  const input = {
    name: 'Lamp',
    price: { amount: '12' },
    since: '2026-01-02T00:00:00Z',
    unknown: 1,
  };

  it('are parsed as a body would be', () => {
    const item = parse(Item, input);
    expect(item).toBeInstanceOf(Item);
    expect(item.price).toBeInstanceOf(Price);
    expect(item.price.amount).toBe(12);
    expect(item.since).toEqual(new Date('2026-01-02'));
    expect([...fieldsSet(item)]).toEqual(['name', 'price', 'since']);
    expect(parse([int], ['1', 2])).toEqual([1, 2]);
  });

  it('are refused with all issues', () => {
    expect(() => parse(Item, { name: 'x' })).toThrow(RequestValidationError);
    expect(() => parse(Item, input, { strict: true })).toThrow(RequestValidationError);
    try {
      parse(Item, { name: 'x' });
    } catch (error) {
      expect((error as RequestValidationError).issues.map(({ type, loc }) => [type, loc])).toEqual([
        ['string_too_short', ['name']],
        ['missing', ['price']],
      ]);
    }
  });

  it('are dumped as plain objects', () => {
    const item = parse(Item, input);
    expect(dump(item)).toEqual({
      name: 'Lamp',
      price: { amount: 12, currency: 'EUR' },
      note: null,
      since: new Date('2026-01-02'),
      label: 'Lamp (12)',
    });
    expect(dump(item, { excludeUnset: true, exclude: ['since', 'label'] })).toEqual({
      name: 'Lamp',
      price: { amount: 12 },
    });
    expect(dump(item, { include: ['note'], excludeNone: true })).toEqual({});
  });

  it('are made and copied without validation, and what was given counts as sent', () => {
    const made = make(Item, { name: 'x' });
    expect(made).toBeInstanceOf(Item);
    expect([...fieldsSet(made)]).toEqual(['name']);
    const changed = copy(parse(Item, input), { note: 'new' });
    expect(changed.label).toBe('Lamp (12)');
    expect([...fieldsSet(changed)]).toEqual(['name', 'price', 'note', 'since']);
  });

  it('have a form in JSON', () => {
    expect(jsonable({ item: parse(Item, input), at: new Date(0) })).toEqual({
      item: {
        name: 'Lamp',
        price: { amount: 12, currency: 'EUR' },
        note: null,
        since: '2026-01-02T00:00:00Z',
        label: 'Lamp (12)',
      },
      at: '1970-01-01T00:00:00+00:00',
    });
  });
});
