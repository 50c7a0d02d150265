import { AssertionError, strict } from 'node:assert';
import { readFileSync } from 'node:fs';

import { HTTPException } from '../errors/http-exception';
import { RequestValidationError } from '../errors/request-validation-error';
import { ValueError } from '../errors/value-error';
import { refusedBy } from './refusing-errors';

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new RangeError('nothing was thrown');
}

const endless = (): number => 1 + endless();
const system = thrownBy(() => readFileSync('/nowhere/at/all'));
class OfTheProgram extends Error {}
class Taken extends ValueError {
  constructor() {
    super('taken', { type: 'name_taken', context: { by: 'bob' } });
  }
}

describe('an error that a validator throws', () => {
  it.each<[string, unknown, object]>([
    ['ValueError', new ValueError('no'), { type: 'value_error', msg: 'Value error, no' }],
    [
      'ValueError whose cause is of the system',
      new ValueError('no', { cause: system }),
      { type: 'value_error', msg: 'Value error, no' },
    ],
    [
      'class that extends ValueError',
      new Taken(),
      { type: 'name_taken', msg: 'taken', ctx: { by: 'bob' } },
    ],
    [
      'assertion',
      thrownBy(() => strict(false, 'must be 2')),
      { type: 'assertion_error', msg: 'Assertion failed, must be 2' },
    ],
    [
      'AssertionError',
      new AssertionError({ message: 'x' }),
      { type: 'assertion_error', msg: 'Assertion failed, x' },
    ],
    ['SyntaxError', new SyntaxError('no JSON'), { msg: 'Value error, no JSON' }],
    [
      'RangeError',
      thrownBy(() => new Date(Number.NaN).toISOString()),
      { msg: 'Value error, Invalid time value' },
    ],
    ['plain Error', new Error('no'), { msg: 'Value error, no' }],
    [
      'plain Error with a harmless cause',
      new Error('no', { cause: new TypeError('why') }),
      { msg: 'Value error, no' },
    ],
    [
      'refusal by parse()',
      new RequestValidationError([{ type: 'missing', loc: ['a'], msg: 'Field required' }]),
      { type: 'missing', loc: ['a'], msg: 'Field required' },
    ],
  ])('refuses the value: %s', (_, error, issue) => {
    expect(refusedBy(error)).toEqual([expect.objectContaining({ loc: [], ...issue })]);
  });

  it.each<[string, unknown]>([
    ['TypeError', new TypeError('x is not a function')],
    ['ReferenceError', new ReferenceError('x')],
    ['RangeError of the stack', thrownBy(endless)],
    ['class of the program', new OfTheProgram('x')],
    ['error of the system', system],
    ['plain Error with a code', Object.assign(new Error('x'), { code: '23505' })],
    ['plain Error with a number', Object.assign(new Error('x'), { errno: -2 })],
    ['plain Error that hides one of the system', new Error('x', { cause: system })],
    [
      'one that hides it deeper',
      new Error('x', { cause: new OfTheProgram('y', { cause: system }) }),
    ],
    ['RangeError with a code', thrownBy(() => Buffer.alloc(1).readInt32LE(9))],
    ['DOMException', new DOMException('gone', 'AbortError')],
    ['AggregateError', new AggregateError([], 'x')],
    ['HTTPException', new HTTPException(409)],
    ['text', 'x'],
    ['nothing', undefined],
    ['object that looks like an error', { name: 'Error', message: 'x' }],
  ])('is a fault of the program: %s', (_, error) => {
    expect(refusedBy(error)).toBeUndefined();
  });

  it('may be caused by itself', () => {
    const error: Error = new Error('round');
    error.cause = error;
    expect(refusedBy(error)).toHaveLength(1);
  });
});
