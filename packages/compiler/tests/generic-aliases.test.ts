import * as fc from 'fast-check';
import { openProject, type Checker } from '../src/project/checker';
import type { Syntax } from '../src/project/syntax';
import { extractFrom, writeConfig } from '../src/types/extract';
import type { ClassDefinition } from '../src/types/type-data';
import { TestProject, vivace } from './project';
import { shapeOfData, shapeOfType } from './shapes-of-types';

const context = `import type { int } from 'vivace';
interface Named { name: string; nick?: string }
interface Base extends Named { id: int; at: Date; tags: string[]; kind: 'base' | 'other' }
class Item<T> { value!: T; values: T[] = []; count: number = 0; greet(): string { return ''; } }
type Elements<X> = X extends readonly unknown[] ? X : [X];
`;

/** What an alias of T and U may stand for; there are `earlier` ones before it. */
function bodies(earlier: number): fc.Arbitrary<string> {
  const { object } = fc.letrec<{ type: string; object: string }>((tie) => {
    const [type, object] = [tie('type'), tie('object')];
    const pair = fc.tuple(type, type);
    const another = fc
      .tuple(fc.nat(Math.max(earlier - 1, 0)), object)
      .map(([at, each]) => (earlier === 0 ? each : `A${at}<${each}, U>`));
    return {
      object: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        fc.constantFrom('T', 'Named', 'Base'),
        another,
        object.map((each) => `{ [K in keyof ${each}]: ${each}[K] }`),
        object.map((each) => `{ readonly [K in keyof ${each}]?: ${each}[K] | null }`),
        object.map((each) => `{ [K in keyof ${each}]-?: ${each}[K][] }`),
        object.map((each) =>
          '{ [K in keyof X as `x_${string & K}`]: X[K] }'.replaceAll('X', () => each),
        ),
        fc.tuple(object, object).map(([one, two]) => `(${one} & ${two})`),
        fc.tuple(object, type).map(([each, extra]) => `(${each} & { extra?: ${extra} })`),
        fc
          .tuple(object, type)
          .map(([each, none]) => `(${each} extends { id: unknown } ? ${each} : { none: ${none} })`),
        object.map((each) => `(${each} extends { id: infer I } ? { id: I; of: U } : { none: U })`),
        object.map((each) => `Partial<${each}>`),
        object.map((each) => `Omit<${each}, 'name'>`),
        object.map((each) => `Pick<${each}, keyof ${each} & string>`),
        object.map((each) => `Item<${each}>`),
        pair.map(([one, two]) => `{ one: ${one}; two?: ${two} }`),
        type.map((each) => `Record<'a' | 'b', ${each}>`),
      ),
      type: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        object,
        fc.constantFrom('U', 'string', 'int', 'boolean', "'x'", 'null', 'Date', 'keyof T & string'),
        fc.constantFrom('`p-${number}`', '`${string & keyof T}-id`', "Uppercase<'a' | 'b'>"),
        type.map((each) => `(${each})[]`),
        type.map((each) => `Record<string, ${each}>`),
        type.map((each) => `{ [key: string]: ${each} }`),
        pair.map(([one, two]) => `[${one}, (${two})?]`),
        pair.map(([one, two]) => `(readonly [${one}, ...(${two})[]])`),
        pair.map(([one, two]) => `[...Elements<${one}>, ${two}]`),
        pair.map(([one, two]) => `(${one} | ${two})`),
        object.map((each) => `(${each})[keyof (${each})]`),
        type.map((each) => `(${each} extends string ? { text: ${each} } : (${each})[])`),
        type.map((each) => `NonNullable<${each}>`),
      ),
    };
  });
  return object;
}

/** Every fourth one has itself inside. */
function aliases(count: number, seed: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const [body] = fc.sample(bodies(at), { numRuns: 1, seed: seed + at });
    const self = `{ of: ${body}; next?: A${at}<T, U> | null; more: A${at}<T, U>[] }`;
    return `type A${at}<T, U> = ${at % 4 === 3 ? self : body};`;
  });
}

/** The shapes of the fields of a class, by the checker. */
function fieldsOf(file: Syntax, name: string, checker: Checker) {
  const node = file.statements!.find((each) => each.name?.text === name)!;
  const symbol = checker.getSymbolAtLocation(node.name!)!;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return checker
    .getPropertiesOfType(type)
    .map((property) => shapeOfType(checker.getTypeOfSymbol(property)!, checker));
}

describe('a generic alias has the fields that the checker knows', () => {
  const count = 200;
  const declared = aliases(count, 7);
  const uses = declared.map(
    (_, at) => `  f${at}!: ${at % 5 === 4 ? `Held${at}<Base>` : `A${at}<Base, string>`};`,
  );
  const held = declared.flatMap((_, at) =>
    at % 5 === 4 ? [`class Held${at}<V> { held!: A${at}<V, string>; all?: A${at}<V, V>[] }`] : [],
  );
  const source = [context, ...declared, ...held, 'class All {', ...uses, '}'].join('\n');
  let shapes: { read: unknown; known: unknown }[];
  beforeAll(() => {
    using project = new TestProject({ ...vivace, 'src/all.ts': source });
    const file = project.path('src/all.ts');
    using opened = openProject(writeConfig(project.root, [file]), project.root);
    const { program, checker } = opened.project;
    const errors = program.getSemanticDiagnostics(file).map(({ text }) => text);
    expect(errors.filter((text) => !/circular|excessively/.test(text))).toEqual([]);
    const known = fieldsOf(program.getSourceFile(file) as unknown as Syntax, 'All', checker);
    const { defs } = extractFrom(opened, project.root, [file]).sideCar;
    const { props } = defs['shop/src/all.ts#All'] as ClassDefinition;
    shapes = known.map((each, at) => ({
      known: each,
      read: shapeOfData(props[`f${at}`]!.t, defs),
    }));
  }, 120_000);

  test.each(declared.map((text, at) => ({ at, text })))('A$at', ({ at, text }) => {
    const { read, known } = shapes[at]!;
    expect({ text, fields: read }).toEqual({ text, fields: known });
  });
});
