import { assert, property, string } from 'fast-check';
import { statementShape } from './statement-shape';

describe('the shape of a statement', () => {
  it.each([
    [
      `select "h0".* from "hero" as "h0" where "h0"."id" = '77' limit 1`,
      `select "h0".* from "hero" as "h0" where "h0"."id" = ? limit ?`,
    ],
    [
      `select 1 from t1 where a in ('1', '2','3') and b = $1`,
      'select ? from t1 where a in (?) and b = ?',
    ],
    [`insert into "a" values (E'it\\'s', 'it''s', 1.5)`, 'insert into "a" values (?)'],
    [`select "it's" from "a1"`, `select "it's" from "a1"`],
  ])('of %s has no values', (statement, shape) => {
    expect(statementShape(statement)).toBe(shape);
  });

  it('has nothing of any text that a value holds', () => {
    assert(
      property(string(), (value) => {
        const statement = `select "a" where "b" = '${value.replaceAll("'", "''")}'`;
        expect(statementShape(statement)).toBe('select "a" where "b" = ?');
      }),
    );
  });
});
