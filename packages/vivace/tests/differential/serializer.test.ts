import * as fc from 'fast-check';
import { serializerOf } from '../../src/serialize/serializer';
import { INVALID, validatorOf } from '../../src/validate/validator';
import type { Schema } from '../../src/schema/schema';
import { jsonFor, schema } from './schemas';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

/** What a schema declares of a value: the plainest way to say it, for schemas without alternatives. */
function declared(of: Schema, value: unknown): unknown {
  switch (of.kind) {
    case 'list':
      return (value as unknown[]).map((item) => declared(of.items, item));
    case 'tuple':
      return (value as unknown[]).map((item, at) =>
        declared(of.items[at] ?? of.rest ?? { kind: 'any' }, item),
      );
    case 'record':
      return Object.fromEntries(
        Object.entries(value as object).map(([name, item]) => [name, declared(of.values, item)]),
      );
    case 'object': {
      const given = new Map(Object.entries(value as object));
      const fields = of.fields
        .filter(({ name }) => given.has(name))
        .map((field) => [field.name, declared(field.schema, given.get(field.name))]);
      const others =
        of.extra === 'allow'
          ? [...given].filter(([name]) => !of.fields.some((field) => field.name === name))
          : [];
      return Object.fromEntries([...fields, ...others]);
    }
    default:
      return value;
  }
}

/** Whether any part of a schema has a property. */
function some(of: Schema, holds: (part: Schema) => boolean): boolean {
  if (holds(of)) return true;
  if (of.kind === 'list') return some(of.items, holds);
  if (of.kind === 'tuple')
    return (
      of.items.some((item) => some(item, holds)) || (of.rest !== undefined && some(of.rest, holds))
    );
  if (of.kind === 'record') return some(of.values, holds);
  if (of.kind === 'union') return of.members.some((member) => some(member, holds));
  return of.kind === 'object' && of.fields.some((field) => some(field.schema, holds));
}

const isFree = (part: Schema): boolean =>
  part.kind === 'any' ||
  part.kind === 'record' ||
  (part.kind === 'object' && part.extra === 'allow');
// Where unknown fields are forbidden on the way in they are only left out on the way out.
const lenient = (of: Schema): Schema =>
  of.kind === 'object'
    ? {
        ...of,
        extra: of.extra === 'allow' ? 'allow' : 'ignore',
        fields: of.fields.map((field) => ({ ...field, schema: lenient(field.schema) })),
      }
    : of.kind === 'list'
      ? { ...of, items: lenient(of.items) }
      : of.kind === 'tuple'
        ? { ...of, items: of.items.map(lenient), ...(of.rest && { rest: lenient(of.rest) }) }
        : of.kind === 'record'
          ? { ...of, values: lenient(of.values) }
          : of.kind === 'union'
            ? { ...of, members: of.members.map(lenient) }
            : of;

const cases = schema.map(lenient).chain((each) => fc.tuple(fc.constant(each), jsonFor(each)));

describe('the serializer', () => {
  it('writes JSON.stringify of what is declared', () => {
    fc.assert(
      fc.property(cases, ([each, value]) => {
        fc.pre(!some(each, ({ kind }) => kind === 'union') && validatorOf(each)(value) !== INVALID);
        expect(serializerOf(each)(value)).toBe(JSON.stringify(declared(each, value)));
      }),
      { numRuns: 1500 },
    );
  });

  it('never writes what is not declared, and what it writes fits', () => {
    fc.assert(
      fc.property(cases, ([each, value]) => {
        fc.pre(!some(each, isFree) && validatorOf(each)(value) !== INVALID);
        const text = String(serializerOf(each)(value));
        expect(text).not.toContain('undeclared');
        expect(validatorOf(each)(JSON.parse(text))).not.toBe(INVALID);
      }),
      { numRuns: 1500 },
    );
  });
});
