import { ArrayMaxSize, ArrayMinSize } from 'class-validator';
import { Field, parse, type RequestValidationError, type int } from 'vivace';

class Listed {
  @ArrayMinSize(2) @ArrayMaxSize(2) value!: int[];
}
class Sets {
  @Field({ minLength: 2, maxLength: 2 }) value!: Set<int>;
}
class Records {
  @Field({ minLength: 2, maxLength: 2 }) value!: Record<string, int>;
}

const issuesOf = (type: new () => { value: unknown }, value: unknown): string[] => {
  try {
    parse(type, { value });
    return [];
  } catch (error) {
    return (error as RequestValidationError).issues.map(({ type: issue, loc, msg }) =>
      issue.startsWith('too_')
        ? `${msg}@${loc.slice(1).join('.')}`
        : `${issue}@${loc.slice(1).join('.')}`,
    );
  }
};
const most = (kind: string, count: string): string =>
  `${kind} should have at most 2 items after validation, not ${count}@`;
const least = (kind: string, count: number): string =>
  `${kind} should have at least 2 items after validation, not ${count}@`;

/** What pydantic 2.14.1 says of the same. */
describe('the length of a collection, and what is in it', () => {
  it.each<[value: unknown, issues: string[]]>([
    [['a', 'b', 'c'], [most('List', '3')]],
    [[1, 2, 'c'], [most('List', '3')]],
    [[1, 1, 2, 'c'], [most('List', '4')]],
    [['a'], ['int_parsing@0']],
    [[], [least('List', 0)]],
    [[1, 1], []],
  ])('a list that is too long is not read: %j', (value, issues) => {
    expect(issuesOf(Listed, value)).toEqual(issues);
  });

  it.each<[value: unknown, issues: string[]]>([
    [
      ['a', 'b', 'c'],
      ['int_parsing@0', 'int_parsing@1', 'int_parsing@2'],
    ],
    [[1, 1, 2, 'c'], ['int_parsing@3']],
    [[1, 1, 2], []],
    [[1, 2, 3], [most('Set', 'more')]],
    [['a'], ['int_parsing@0']],
    [[1, 1], [least('Set', 1)]],
  ])('a set is read, and what is there twice counts once: %j', (value, issues) => {
    expect(issuesOf(Sets, value)).toEqual(issues);
  });

  it.each<[value: unknown, issues: string[]]>([
    [{ a: 'a', b: 'b', c: 1 }, ['int_parsing@a', 'int_parsing@b']],
    [{ a: 1, b: 2, c: 3 }, [most('Dictionary', '3')]],
    [{ a: 'a' }, ['int_parsing@a']],
    [{}, [least('Dictionary', 0)]],
  ])('a record is read first: %j', (value, issues) => {
    expect(issuesOf(Records, value)).toEqual(issues);
  });
});
