import { Expose, Exclude } from 'class-transformer';
import { IsEmail, IsOptional, MaxLength, Min } from 'class-validator';
import {
  Field,
  RequestValidationError,
  Secret,
  type bytes,
  type date,
  type datetime,
  type decimal,
  type duration,
  type email,
  type int,
  type ip,
  type time,
  type url,
  type uuid,
} from 'vivace';
import { shapeOf, type ShapeField, type ShapeType } from 'vivace/extend';

enum Rank {
  Rookie = 'rookie',
  Senior = 'senior',
}
interface Address {
  city: string;
  zip?: string;
}
class Page<T> {
  items!: T[];
}
class Team {
  name!: string;
  heroes: Hero[] = [];
}
class Named {
  /** What it is called. */
  @MaxLength(80) name!: string;
}
class Hero extends Named {
  text!: string;
  whole!: int;
  amount!: number;
  flag!: boolean;
  large!: bigint;
  at!: Date;
  id!: uuid;
  price!: decimal;
  day!: date;
  clock!: time;
  moment!: datetime;
  took!: duration;
  mail!: email;
  link!: url;
  address!: ip;
  data!: bytes;
  kind!: 'a' | 'b';
  level!: 1 | 2 | null;
  rank!: Rank;
  list!: string[];
  grid!: (int | null)[][];
  set!: Set<int>;
  anything!: unknown;
  record!: Record<string, int>;
  map!: Map<string, int>;
  pair!: [int, string];
  either!: int | string;
  place!: Address;
  inPlace!: { city: string };
  team!: Team | null;
  page!: Page<Team>;
  secret!: Secret<string>;
}
class Presence {
  required!: string;
  optional?: string;
  nullable!: string | null;
  both?: string | null;
  undefinable!: string | undefined;
  @IsOptional() decorated!: string;
  text = 'x';
  count: int = 3;
  none: string | null = null;
  tags: string[] = [];
  made = new Date();
}
class Rules {
  @Min(0) @Field({ lt: 10 }) age!: int;
  @IsEmail() mail: string | null = null;
  /**
   * Letters.
   * @pattern ^[a-z]+$
   */
  code!: string;
  tags!: string[];
}
class Hiding {
  shown!: string;
  @Field({ exclude: true }) never!: string;
  @Exclude({ toClassOnly: true }) made!: string;
  private inner = 1;
  #own = 2;
  @Expose() get label(): string {
    return `${this.shown}!`;
  }
  get unmarked(): number {
    return this.inner + this.#own;
  }
  greet(): string {
    return this.shown;
  }
}

const fieldOf = (type: new () => object, name: string): ShapeField => {
  const field = shapeOf(type).fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
};
/** Shapes of objects by their names and fields. */
const plain = (type: ShapeType): unknown =>
  type.is === 'object'
    ? { object: type.shape().name, fields: type.shape().fields.map(({ name }) => name) }
    : 'of' in type && type.of !== undefined
      ? { ...type, of: Array.isArray(type.of) ? type.of.map(plain) : plain(type.of as ShapeType) }
      : type;

describe('the shape of a class', () => {
  test.each<[name: string, type: unknown]>([
    ['text', { is: 'string' }],
    ['whole', { is: 'int' }],
    ['amount', { is: 'number' }],
    ['flag', { is: 'boolean' }],
    ['large', { is: 'bigint' }],
    ['at', { is: 'instant' }],
    ['id', { is: 'string', format: 'uuid' }],
    ['price', { is: 'string', format: 'decimal' }],
    ['day', { is: 'string', format: 'date' }],
    ['clock', { is: 'string', format: 'time' }],
    ['moment', { is: 'string', format: 'date-time' }],
    ['took', { is: 'string', format: 'duration' }],
    ['mail', { is: 'string', format: 'email' }],
    ['link', { is: 'string', format: 'url' }],
    ['address', { is: 'string', format: 'ip' }],
    ['data', { is: 'bytes' }],
    ['kind', { is: 'literal', values: ['a', 'b'] }],
    ['level', { is: 'literal', values: [1, 2] }],
    ['rank', { is: 'literal', values: ['rookie', 'senior'], name: 'Rank' }],
    ['list', { is: 'list', of: { is: 'string' } }],
    [
      'grid',
      { is: 'list', of: { is: 'list', of: { is: 'union', of: [{ is: 'int' }, { is: 'null' }] } } },
    ],
    ['set', { is: 'set', of: { is: 'int' } }],
    ['anything', { is: 'json' }],
    ['record', { is: 'record', of: { is: 'int' } }],
    ['map', { is: 'map', of: { is: 'int' } }],
    ['pair', { is: 'tuple', of: [{ is: 'int' }, { is: 'string' }] }],
    ['either', { is: 'union', of: [{ is: 'int' }, { is: 'string' }] }],
    ['place', { object: 'Address', fields: ['city', 'zip'] }],
    ['inPlace', { object: '', fields: ['city'] }],
    ['team', { object: 'Team', fields: ['name', 'heroes'] }],
    ['page', { object: 'Page_Team_', fields: ['items'] }],
    ['secret', { is: 'foreign', name: 'Secret', module: 'vivace', args: [{ is: 'string' }] }],
  ])('says of %s what it is', (name, type) => {
    expect(plain(fieldOf(Hero, name).type)).toEqual(type);
  });

  test.each<[name: string, presence: Partial<ShapeField>]>([
    ['required', { optional: false, nullable: false, initial: false }],
    ['optional', { optional: true, nullable: false, initial: false }],
    ['nullable', { optional: false, nullable: true, initial: false }],
    ['both', { optional: true, nullable: true, initial: false }],
    ['undefinable', { optional: true, nullable: false, initial: false }],
    ['decorated', { optional: true, nullable: true, initial: false }],
    ['text', { optional: false, initial: true, default: 'x' }],
    ['count', { optional: false, initial: true, default: 3 }],
    ['none', { optional: false, nullable: true, initial: true, default: null }],
    ['tags', { initial: true, default: [] }],
  ])('says of %s whether it has to be there', (name, presence) => {
    expect(fieldOf(Presence, name)).toMatchObject(presence);
  });

  test('names no default that is made each time', () => {
    expect(fieldOf(Presence, 'made')).toMatchObject({ initial: true });
    expect(fieldOf(Presence, 'made')).not.toHaveProperty('default');
  });

  test('has rules as JSON Schema writes them, and the words of comments', () => {
    expect(fieldOf(Rules, 'age').rules).toEqual({ minimum: 0, exclusiveMaximum: 10 });
    expect(fieldOf(Rules, 'mail')).toMatchObject({ nullable: true, type: { is: 'string' } });
    expect(fieldOf(Rules, 'code')).toMatchObject({
      rules: { pattern: '^[a-z]+$' },
      description: 'Letters.',
    });
    expect(fieldOf(Rules, 'tags').rules).toEqual({});
    expect(fieldOf(Hero, 'name')).toMatchObject({
      rules: { maxLength: 80 },
      description: 'What it is called.',
    });
  });

  test('has the fields in written order, inherited ones first, and no methods or private members', () => {
    expect(
      shapeOf(Hero)
        .fields.slice(0, 3)
        .map(({ name }) => name),
    ).toEqual(['name', 'text', 'whole']);
    expect(
      shapeOf(Hiding).fields.map(({ name, input, output, computed, optional }) => [
        name,
        { input, output, computed, optional },
      ]),
    ).toEqual([
      ['shown', { input: true, output: true, computed: false, optional: false }],
      ['never', { input: true, output: false, computed: false, optional: false }],
      ['made', { input: false, output: true, computed: false, optional: false }],
      ['label', { input: false, output: true, computed: true, optional: false }],
    ]);
  });

  test('ends where classes name each other', () => {
    const team = fieldOf(Hero, 'team').type;
    const heroes = team.is === 'object' ? team.shape().fields[1]?.type : undefined;
    const hero = heroes?.is === 'list' && heroes.of.is === 'object' ? heroes.of.shape() : undefined;
    expect(hero).toBe(shapeOf(Hero));
    expect(hero).toMatchObject({ name: 'Hero', type: Hero });
  });

  test('reads text by all digits of its numbers', () => {
    const text = '{"large":1152921504606846977,"price":0.10000000000000000555}';
    class Digits {
      large!: bigint;
      price!: decimal;
    }
    expect(shapeOf(Digits).read(text)).toEqual({
      large: 2n ** 60n + 1n,
      price: '0.10000000000000000555',
    });
    expect(shapeOf(BigInt).read(' 9007199254740993 ')).toBe(9007199254740993n);
    expect(() => shapeOf(Digits).read('{')).toThrow(SyntaxError);
    expect(() => shapeOf(Digits).read('{}')).toThrow(RequestValidationError);
  });

  test('reads and writes its values', () => {
    const shape = shapeOf(Team);
    const team = shape.parse({ name: 'A', more: 1 });
    expect(team).toBeInstanceOf(Team);
    expect(shape.write({ name: 'A', heroes: [], more: 1 })).toBe('{"name":"A","heroes":[]}');
    expect(() => shape.parse({ name: 1 })).toThrow(RequestValidationError);
  });
});
