import { inspect } from 'node:util';
import { BootError } from './boot-error';

describe('an error at boot', () => {
  const error = new BootError(
    'PATH_SLASH',
    { type: 'Items', file: 'src/items.ts', line: 3 },
    'The prefix lacks a slash.',
    "'/items'",
  );

  it('has its code, the place, what was seen and what to write instead', () => {
    expect(error.message).toBe(
      "[PATH_SLASH] Items (src/items.ts:3): The prefix lacks a slash.\n  Write instead: '/items'",
    );
    expect([error.code, error.where.line, error.seen, error.write]).toEqual([
      'PATH_SLASH',
      3,
      'The prefix lacks a slash.',
      "'/items'",
    ]);
  });

  it('says it once where Node prints it', () => {
    expect(inspect(error).match(/The prefix lacks a slash/g)).toHaveLength(1);
    expect(Object.keys(error).toSorted()).toEqual(['code', 'name']);
  });
});
