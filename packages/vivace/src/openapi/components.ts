import { BootError } from '../errors/boot-error';
import { describe, type Where } from '../errors/where';
import { JsonSchemaWriter } from '../schema/json-schema-writer';
import { examplesOf } from './examples';
import type { Field, NamedSchema, ObjectSchema, Schema } from '../schema/schema';
import type { SchemaObject } from '../declare/openapi';

/** Whether a schema describes what clients send (`input`) or what they get (`output`). */
export type Direction = 'input' | 'output';
type Named = NamedSchema;

/** Writes the schemas of one place of the document. */
export interface SchemaScope {
  schema(schema: Schema): SchemaObject;
  /** A schema with the notes and the default of a field or an input. */
  field(field: Field): SchemaObject;
}

interface Use {
  readonly where: Where;
  body: SchemaObject;
  readonly refers: Set<Named>;
}

export interface ComponentOptions {
  /** False: what clients send describes what they receive as well. */
  readonly separate: boolean;
  /** Fields with a default are required in what they receive. */
  readonly requiredDefaults: boolean;
}

const PREFIX = '#/components/schemas/';

/** The named schemas that a document refers to, collected while it is written. */
export class Components {
  readonly #uses = new Map<Named, Map<Direction, Use>>();
  readonly #nameless = new Map<Named, string>();

  readonly #options: ComponentOptions;
  readonly #split: ReadonlySet<Named>;
  readonly #numbers: ReadonlyMap<Named, number>;

  /**
   * @param split the schemas that have a name for each direction
   * @param numbers what tells generic types apart whose arguments have the same names
   */
  constructor(
    options: ComponentOptions,
    split: ReadonlySet<Named> = new Set(),
    numbers: ReadonlyMap<Named, number> = new Map(),
  ) {
    this.#options = options;
    this.#split = split;
    this.#numbers = numbers;
  }

  scope(direction: Direction, where: Where): SchemaScope {
    const writer = this.#writer(direction, where);
    return {
      schema: (schema) => writer.write(schema),
      field: (field) =>
        (writer.write(carrier(field)).properties as Record<string, SchemaObject>)[field.in[0]!]!,
    };
  }

  /** The schemas that are used in both directions and differ, themselves or in something they refer to. */
  differing(): ReadonlySet<Named> {
    const split = new Set<Named>();
    const both = [...this.#uses].filter(([, uses]) => uses.size === 2);
    for (const [schema, uses] of both)
      if (!sameJson(uses.get('input')!.body, uses.get('output')!.body)) split.add(schema);
    for (let size = -1; size !== split.size;) {
      size = split.size;
      for (const [schema, uses] of both)
        if ([...uses.values()].some(({ refers }) => [...refers].some((one) => split.has(one))))
          split.add(schema);
    }
    return split;
  }

  /** The generic schemas that have the name of another one and are not the same, each with its number. */
  numbers(): ReadonlyMap<Named, number> {
    const numbers = new Map<Named, number>();
    const generic = [...this.#uses.keys()].filter((schema) => 'generic' in schema);
    for (const alike of Map.groupBy(generic, ({ name }) => name).values()) {
      const distinct: Named[] = [];
      for (const schema of alike) {
        const same = distinct.findIndex((other) => this.#isSame(schema, other));
        const number = same < 0 ? distinct.push(schema) : same + 1;
        if (number > 1) numbers.set(schema, number);
      }
    }
    return numbers;
  }

  /**
   * The components by name, sorted.
   *
   * @throws BootError COMPONENT_NAME where two schemas have one name
   */
  schemas(): Record<string, SchemaObject> {
    const named = new Map<string, Use>();
    for (const [schema, uses] of this.#uses) {
      for (const [direction, use] of uses) {
        const name = this.#nameOf(schema, direction);
        const other = named.get(name);
        if (other === undefined) named.set(name, use);
        else if (!sameJson(other.body, use.body)) throw collision(schema, other.where, use.where);
      }
    }
    return Object.fromEntries(
      [...named]
        .map(([name, { body }]) => [name, body] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  #writer(direction: Direction, where: Where, refers?: Set<Named>): JsonSchemaWriter {
    const ref = (schema: Named): string => {
      refers?.add(schema);
      const shown = this.#options.separate || hasComputed(schema) ? direction : 'input';
      this.#use(schema, shown, where);
      return `${PREFIX}${this.#nameOf(schema, shown)}`;
    };
    const { requiredDefaults } = this.#options;
    return new JsonSchemaWriter({ mode: direction, ref, examples: examplesOf, requiredDefaults });
  }

  #use(schema: Named, direction: Direction, where: Where): void {
    const uses = this.#uses.get(schema) ?? new Map<Direction, Use>();
    if (uses.has(direction)) return;
    const use: Use = { where, body: {}, refers: new Set() };
    // Noted before it is written: a recursive type refers to itself.
    this.#uses.set(schema, uses.set(direction, use));
    use.body = this.#writer(direction, where, use.refers).component(schema);
  }

  #isSame(schema: Named, other: Named): boolean {
    const [uses, others] = [this.#uses.get(schema)!, this.#uses.get(other)!];
    return [...uses].every(([direction, { body, refers }]) => {
      const use = others.get(direction);
      return use === undefined || (sameJson(use.body, body) && sameSet(use.refers, refers));
    });
  }

  #nameOf(schema: Named, direction: Direction): string {
    const name = `${schema.name ?? this.#numbered(schema)}${this.#numbers.get(schema) ?? ''}`;
    return this.#split.has(schema) ? `${name}-${direction === 'input' ? 'Input' : 'Output'}` : name;
  }

  /** What another library gives no name is numbered, in the order of the document. */
  #numbered(schema: Named): string {
    const known = this.#nameless.get(schema);
    if (known !== undefined) return known;
    const count = this.#nameless.size + 1;
    const name = count === 1 ? 'Schema' : `Schema_${count}`;
    this.#nameless.set(schema, name);
    return name;
  }
}

function hasComputed(schema: Named): boolean {
  return schema.kind === 'object' && schema.fields.some(({ computed }) => computed);
}

/** An object that has one field only. */
function carrier(field: Field): ObjectSchema {
  return {
    kind: 'object',
    name: undefined,
    type: undefined,
    fields: [field],
    extra: 'ignore',
    before: [],
    after: [],
  };
}

function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function collision({ name }: Named, first: Where, where: Where): BootError {
  return new BootError(
    'COMPONENT_NAME',
    where,
    `Two different types are called ${name} in the document; the other one is used by ${describe(first)}.`,
    `@Model({ name: 'Other${name}' }) above one of them, or another name for the type`,
  );
}
