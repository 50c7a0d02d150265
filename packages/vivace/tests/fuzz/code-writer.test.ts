import * as fc from 'fast-check';
import { Controller, Field, Get, Header, Query, Vivace, dump, parse } from 'vivace';
import { testClient } from 'vivace/testing';
import { plainField } from '../../src/schema/plain-field';
import type { ObjectSchema, Schema } from '../../src/schema/schema';
import { serializerOf } from '../../src/serialize/serializer';
import { INVALID, validatorOf } from '../../src/validate/validator';
import { fuzzed, texts } from './texts';

/** What would run if a text became code. */
const MARK = 'vivaceWasFooled';
const marks = globalThis as unknown as Record<string, unknown>;
afterEach(() => {
  expect(marks[MARK]).toBeUndefined();
});

const run = `globalThis.${MARK} = 1`;
const hostile = fc.oneof(
  fc.constantFrom(
    `"+(${run})+"`,
    `'+(${run})+'`,
    `\`+(${run})+\``,
    `\${${run}}`,
    `"]; ${run}; //`,
    `'); ${run}; ('`,
    `*/ ${run} /*`,
    `\n${run}\n`,
    `\u2028${run}\u2029`,
    `\\"; ${run}; //`,
    `\\\\'; ${run}; //`,
    `</script><script>${run}</script>`,
    `a${'\\'}`,
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'arguments',
    'this',
    'value',
    'object',
    '',
    '0',
    '1.5',
    '\ud800',
  ),
  texts,
);
/** Names on the wire that no other name of an object is. */
const distinct = fc.uniqueArray(
  hostile.filter((name) => name !== '__proto__'),
  { minLength: 3, maxLength: 6 },
);
const escaped = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`);

describe('text of a program or client that becomes no code', () => {
  it('in names, literals, enums, patterns, tags and titles of types', () => {
    fc.assert(
      fc.property(distinct, hostile, (names, title) => {
        const schemas: readonly Schema[] = names.map((name, index): Schema => {
          if (index % 4 === 0) return { kind: 'literal', values: [name, 1] };
          if (index % 4 === 1)
            return { kind: 'string', checks: [{ rule: 'pattern', args: [escaped(name)] }] };
          if (index % 4 === 2)
            return { kind: 'enum', name: title, values: [name, 'other'] } as Schema;
          return {
            kind: 'record',
            keys: { kind: 'string' },
            values: { kind: 'string' },
            as: 'object',
          };
        });
        const schema: ObjectSchema = {
          kind: 'object',
          name: title,
          type: undefined,
          extra: 'forbid',
          before: [],
          after: [],
          fields: schemas.map((each, index) =>
            plainField(`own${names[index]!}`, each, {
              in: [names[index]!],
              out: names[index]!,
              notes: { title, description: title },
            }),
          ),
        };
        const json = Object.fromEntries(
          names.map((name, index) => [name, index % 4 === 3 ? { [name]: name } : name]),
        );
        const read = validatorOf(schema)(json);
        expect(read).not.toBe(INVALID);
        expect(JSON.parse(serializerOf(schema)(read) as string)).toEqual(
          JSON.parse(JSON.stringify(json)),
        );
        expect(validatorOf(schema)({ ...json, [`${title}?`]: title })).toBe(INVALID);
      }),
      fuzzed(500),
    );
  });

  it('in fields of a class, with defaults', () => {
    fc.assert(
      fc.property(hostile, hostile, (alias, text) => {
        fc.pre(alias !== '__proto__');
        class Dto {
          @Field({ alias, description: text, title: text, examples: [text] }) first = text;
          @Field({ pattern: escaped(text) }) second: string = text;
        }
        expect(dump(parse(Dto, { [alias]: 'x', second: text }))).toEqual({
          first: 'x',
          second: text,
        });
        expect(parse(Dto, {}).first).toBe(text);
      }),
      fuzzed(200),
    );
  });

  it('in inputs and notes of operations', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (alias, text) => {
        fc.pre(alias !== '__proto__' && alias.isWellFormed());
        @Controller('/a', { tags: [text] })
        class Routes {
          @Get('/', { summary: text, description: text, operationId: `${text}!` })
          read(
            @Query({ alias, description: text }) value: string = text,
            @Header({ alias: 'x-given', title: text }) given: string = text,
          ): string[] {
            return [value, given];
          }
        }
        const client = await testClient(
          new Vivace({ controllers: [Routes], title: text, description: text, logger: false }),
        );
        try {
          const sent = `?${new URLSearchParams([[alias, 'sent']]).toString()}`;
          expect((await client.get(`/a/${sent}`)).json()).toEqual(['sent', text]);
          expect((await client.get('/a/')).json()).toEqual([text, text]);
          expect((await client.get('/openapi.json')).status).toBe(200);
          expect((await client.get('/docs')).text).not.toContain(`<script>${run}`);
        } finally {
          await client.close();
        }
      }),
      fuzzed(60),
    );
  });
});
