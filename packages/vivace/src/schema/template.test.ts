import * as fc from 'fast-check';
import type { TypeData } from '../reflect/type-data';
import { patternOf } from './template';

type Template = Extract<TypeData, { tpl: unknown }>;

const part: fc.Arbitrary<TypeData> = fc.oneof(
  fc.constantFrom<TypeData>('string', 'number', 'bigint', 'boolean', 'null'),
  fc.constantFrom<TypeData>({ lit: 'a' }, { lit: 1 }, { big: '12' }),
  fc
    .array(fc.constantFrom<TypeData>('number', 'boolean', { lit: '.' }, { lit: 'e' }, 'string'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((union) => ({ union })),
  fc.constant<TypeData>({ tpl: ['<', ',', '>'], of: ['number', 'bigint'] }),
);
const template: fc.Arbitrary<Template> = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .chain((of) =>
    fc
      .array(fc.constantFrom('', '', '-', 'a', 'x.'), {
        minLength: of.length + 1,
        maxLength: of.length + 1,
      })
      .map((tpl) => ({ tpl, of })),
  );
const text = fc
  .array(
    fc.constantFrom('0', '12', '-', '+', '.', 'e', 'a', 'x.', 'true', 'null', '<', ',', '>', '\n'),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

describe('the pattern of a template literal type', () => {
  it('takes the texts of its regular expression, however many of its parts may be of any length', () => {
    fc.assert(
      fc.property(template, text, (type, value) => {
        const pattern = patternOf(type);
        const asWritten = new RegExp(pattern.source);
        expect([pattern.source, value, pattern.test(value)]).toEqual([
          pattern.source,
          value,
          asWritten.test(value),
        ]);
      }),
      { seed: 7, numRuns: 20_000 },
    );
  });

  it.each([
    [{ tpl: ['', 'x', ''], of: ['number', 'number'] } as Template, '12x.5e3', '12x', 'x1'],
    [
      { tpl: ['', '-', '.json'], of: ['string', 'string'] } as Template,
      'a-\n.json',
      'a.json',
      '-.jso',
    ],
    [{ tpl: ['item-', ''], of: ['number'] } as Template, 'item-7', 'item-', 'Item-7'],
  ])('%j takes %j, and neither %j nor %j', (type, taken, one, other) => {
    const pattern = patternOf(type);
    expect([taken, one, other].map((value) => pattern.test(value))).toEqual([true, false, false]);
  });
});
