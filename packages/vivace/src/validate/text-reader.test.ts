import { plainField } from '../schema/plain-field';
import type { ObjectSchema, Schema } from '../schema/schema';
import { modelReaderOf, type Lookup, type ModelOptions } from '../compile/model-reader';
import { textReaderOf } from './text-reader';
import { INVALID } from './validator';

const int: Schema = { kind: 'number', integer: true };
const str: Schema = { kind: 'string' };
const filter: ObjectSchema = {
  kind: 'object',
  name: 'Filter',
  type: undefined,
  extra: 'forbid',
  before: [],
  after: [],
  fields: [
    plainField('limit', int),
    plainField('tag', { kind: 'list', items: str }, { presence: 'default', makeDefault: () => [] }),
  ],
};
function lookup(query: string): Lookup {
  const params = new URLSearchParams(query);
  return {
    get: (name) => params.getAll(name).at(-1),
    all: (name) => params.getAll(name),
    names: () => params.keys(),
  };
}

describe('texts of a request', () => {
  it('are the last of a name, or all of them for a list', () => {
    expect(textReaderOf(int)(['1', '2'])).toBe(2);
    expect(textReaderOf({ kind: 'list', items: int })('1')).toEqual([1]);
    expect(
      textReaderOf({ kind: 'union', members: [{ kind: 'list', items: int }, { kind: 'null' }] })([
        '1',
        '2',
      ]),
    ).toEqual([1, 2]);
    expect(textReaderOf(int)('x')).toBe(INVALID);
  });

  it('are never null', () => {
    expect(textReaderOf({ kind: 'union', members: [int, { kind: 'null' }] })('null')).toBe(INVALID);
    expect(textReaderOf({ kind: 'union', members: [str, { kind: 'null' }] })('null')).toBe('null');
  });

  it('are read as one model, with all that was sent as the input of what is missing', () => {
    const options = { loc: ['query'] };
    expect(readModel(filter, lookup('limit=3&tag=a&tag=b'), options)).toEqual({
      value: { limit: 3, tag: ['a', 'b'] },
      issues: [],
    });
    expect(readModel(filter, lookup('tag=a&z=1'), options)).toEqual({
      value: undefined,
      issues: [
        {
          type: 'missing',
          loc: ['query', 'limit'],
          msg: 'Field required',
          input: { tag: ['a'], z: '1' },
        },
        {
          type: 'extra_forbidden',
          loc: ['query', 'z'],
          msg: 'Extra inputs are not permitted',
          input: '1',
        },
      ],
    });
  });

  it('of headers are looked up by the names of headers, which issues name', () => {
    const schema = {
      ...filter,
      extra: 'ignore' as const,
      fields: [plainField('save_data', { kind: 'boolean' })],
    };
    const options = { loc: ['header'], convertNames: true };
    expect(readModel(schema, headers({ 'save-data': 'on' }), options)).toMatchObject({
      value: { save_data: true },
    });
    expect(readModel(schema, headers({ save_data: 'on', host: 'x' }), options)).toMatchObject({
      issues: [{ type: 'missing', loc: ['header', 'save-data'], input: { host: 'x' } }],
    });
  });
});

function readModel(schema: ObjectSchema, values: Lookup, options: ModelOptions) {
  const reader = modelReaderOf(schema, options);
  const value = reader.read(values);
  return value === INVALID ? reader.interpret(values) : { value, issues: [] };
}

function headers(sent: Readonly<Record<string, string>>): Lookup {
  return {
    get: (name) => sent[name],
    all: (name) => (name in sent ? [sent[name]] : []),
    names: () => Object.keys(sent),
  };
}
