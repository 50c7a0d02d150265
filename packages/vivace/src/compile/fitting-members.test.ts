import { plainField } from '../schema/plain-field';
import type { ObjectSchema, Schema } from '../schema/schema';
import { interpret } from '../validate/interpret';
import type { Outcome } from '../validate/validation-state';
import { readFittingPart } from './fitting-members';

const object = (name: string, fields: Readonly<Record<string, Schema>>): ObjectSchema => ({
  kind: 'object',
  name,
  type: undefined,
  fields: Object.entries(fields).map(([field, schema]) => plainField(field, schema)),
  extra: 'ignore',
  before: [],
  after: [],
});
const order = object('Order', {
  items: { kind: 'list', items: object('Item', { count: { kind: 'number', integer: true } }) },
});

/** How often the items of a body are looked at until it is said that the last of them does not fit. */
function looksAt(count: number): number {
  let looks = 0;
  const items = Array.from({ length: count }, (_, index) => ({
    get count() {
      looks += 1;
      return index === count - 1 ? 'many' : index;
    },
  }));
  const { issues } = interpret(
    order,
    { items },
    { loc: ['body'], mode: 'json', fitting: readFittingPart },
  ) as Outcome;
  expect(issues.map(({ loc }) => loc)).toEqual([['body', 'items', count - 1, 'count']]);
  return looks;
}

test('What does not fit is found in steps that grow with the body', () => {
  const [some, twice] = [looksAt(40), looksAt(80)];
  expect(twice).toBeLessThan(2.1 * some);
  expect(some).toBeLessThan(40 * 4);
});
