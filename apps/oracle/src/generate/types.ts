import type { Enum, Json, Model, ScalarName, Slot, Type } from '../description';
import type { Draw } from './draw';
import { isAnything, joins } from './joins';

export const SCALARS: readonly ScalarName[] = [
  'int',
  'number',
  'bigint',
  'decimal',
  'boolean',
  'string',
  'unknown',
  'Date',
  'datetime',
  'date',
  'time',
  'duration',
  'uuid',
  'email',
  'url',
  'ip',
  'Secret',
];
/** What most programs have, and each other one now and then. */
const COMMON: readonly ScalarName[] = [
  ...Array.from(
    { length: 3 },
    () => ['int', 'number', 'boolean', 'string', 'date', 'Date'] as const,
  ).flat(),
  ...SCALARS,
];
const HASHABLE: readonly ScalarName[] = [
  'int',
  'string',
  'boolean',
  'number',
  'date',
  'uuid',
  'email',
  'decimal',
];
/** Those of which two that are written otherwise are the same neither here nor there. */
const KEYS: readonly ScalarName[] = ['string', 'string', 'int', 'date', 'boolean'];
const MORE_KEYS: readonly ScalarName[] = [...KEYS, 'number', 'bigint', 'email'];
const FIELDS = ['a', 'b', 'c', 'name', 'count', 'kind'];

interface Options {
  readonly scalars?: readonly ScalarName[];
  readonly sets?: boolean;
  readonly aliases?: boolean;
  readonly optional?: boolean;
  /** Literals are texts: FastAPI finds no number in a query, and names that difference. */
  readonly texts?: boolean;
}

/** Makes types, with the models and enums that they name. */
export class Types {
  readonly models: Model[] = [];
  readonly enums: Enum[] = [];

  constructor(
    readonly draw: Draw,
    readonly options: Options = {},
  ) {}

  /** A type whose parts are at most so deep. */
  type(depth: number): Type {
    const { draw } = this;
    if (depth === 0 || draw.chance(35)) return this.flat();
    const set = this.options.sets === false ? 'list' : 'set';
    switch (draw.pick('model', 'model', 'list', 'record', set, 'tuple', 'union', 'union')) {
      case 'model':
        return this.model(depth);
      case 'list':
        return { kind: 'list', of: this.type(depth - 1) };
      case 'set':
        return { kind: 'set', of: { kind: 'scalar', name: draw.pick(...HASHABLE) } };
      case 'record':
        return { kind: 'record', keys: this.key(), of: this.type(depth - 1) };
      case 'tuple': {
        const items = draw.many(1, 3, () => this.type(depth - 1));
        return draw.chance(25)
          ? { kind: 'tuple', items, rest: this.type(depth - 1) }
          : { kind: 'tuple', items };
      }
      default:
        return this.union(depth);
    }
  }

  flat(): Type {
    const { draw } = this;
    if (draw.chance(10)) return this.enum();
    if (draw.chance(10)) return literal(draw, this.options.texts === true);
    return { kind: 'scalar', name: draw.pick(...(this.options.scalars ?? COMMON)) };
  }

  key(): Type {
    const { draw } = this;
    // In answers Python writes the number 1 of a key as 1.0.
    if (this.options.scalars !== undefined) return { kind: 'scalar', name: draw.pick(...KEYS) };
    return draw.chance(10) ? this.enum() : { kind: 'scalar', name: draw.pick(...MORE_KEYS) };
  }

  enum(): Type {
    const name = `E${this.enums.length}`;
    const values = this.draw.pick<Enum['values']>(
      { red: 'red', blue: 'b' },
      { one: 1, two: 2 },
      { x: '1', y: 'true' },
    );
    this.enums.push({ name, values });
    return { kind: 'enum', name };
  }

  union(depth: number): Type {
    const { draw } = this;
    const members: Type[] = [];
    for (const member of draw.many(2, 4, () => this.type(depth - 1)))
      if (joins(member, members)) members.push(member);
    // A union that may be anything is no union.
    if (members.length === 0) members.push({ kind: 'scalar', name: 'string' });
    if (draw.chance(25)) members.push({ kind: 'null' });
    return members.length === 1 ? members[0]! : { kind: 'union', members };
  }

  /** Often with fields that other models have too, so that a value fits several. */
  model(depth: number): Type {
    const { draw } = this;
    if (this.models.length > 0 && draw.chance(20))
      return { kind: 'model', name: draw.pick(...this.models).name };
    const fields = draw
      .some(1, FIELDS)
      .slice(0, 4)
      .map((name) => this.field(name, depth - 1));
    const name = `M${this.models.length}`;
    this.models.push({
      name,
      fields,
      ...(draw.chance(10) && { extra: draw.pick<'forbid' | 'allow'>('forbid', 'allow') }),
    });
    return { kind: 'model', name };
  }

  field(name: string, depth: number): Slot {
    const { draw } = this;
    const type = this.type(Math.max(0, depth));
    const alias = this.options.aliases !== false && draw.chance(5) ? { alias: `${name}-x` } : {};
    return { name, type, ...alias, ...presence(draw, type, this) };
  }
}

/** Required more often than not; else with a default, null or nothing. */
export function presence(draw: Draw, type: Type, types: Types): Partial<Slot> {
  if (draw.chance(65)) return {};
  const initial = defaultOf(draw, type, types);
  if (initial !== undefined && draw.chance(60)) return { default: initial };
  if (types.options.optional !== false && draw.chance(50)) return { optional: true };
  if (isAnything(type)) return {};
  return { type: nullable(type), ...(draw.chance(70) && { default: null }) };
}

export function nullable(type: Type): Type {
  const members = type.kind === 'union' ? type.members : [type];
  return members.some(({ kind }) => kind === 'null')
    ? type
    : { kind: 'union', members: [...members, { kind: 'null' }] };
}

function defaultOf(draw: Draw, type: Type, { enums }: Types): Json | undefined {
  switch (type.kind) {
    case 'scalar':
      return { int: 3, number: 1.5, boolean: true, string: 'x' }[type.name as string];
    case 'literal':
      return type.values[0];
    case 'enum':
      return Object.values(enums.find(({ name }) => name === type.name)!.values)[0];
    case 'list':
      return [];
    default:
      return undefined;
  }
}

function literal(draw: Draw, texts: boolean): Type {
  const all: readonly (readonly (string | number)[])[] = [
    ['a', 'b'],
    ['1', 'x'],
    ...(texts
      ? []
      : [
          [2, 3],
          ['a', 2],
        ]),
  ];
  return {
    kind: 'literal',
    values: draw.pick(...all),
  };
}
