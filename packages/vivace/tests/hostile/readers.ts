import {
  Field,
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
import { BootError } from '../../src/errors/boot-error';
import { defaultBuilder } from '../../src/schema/default-builder';
import type { Schema } from '../../src/schema/schema';
import { interpret } from '../../src/validate/interpret';
import { INVALID, validatorOf } from '../../src/validate/validator';
import { decorators } from '../differential/decorators';

enum Level {
  low = 1,
  high = 5,
}
enum Colour {
  red = 'red',
  blue = 'blue',
}

/** Every type that text may be read as, and every rule of each. */
class Values {
  text!: string;
  int!: int;
  number!: number;
  big!: bigint;
  boolean!: boolean;
  instant!: Date;
  date!: date;
  datetime!: datetime;
  time!: time;
  duration!: duration;
  uuid!: uuid;
  email!: email;
  url!: url;
  ip!: ip;
  decimal!: decimal;
  bytes!: bytes;
  literal!: 'a' | 1 | 2n | true | null;
  level!: Level;
  colour!: Colour;
  nullable!: int | null;
  union!: int | boolean | Date | uuid | url | decimal | duration;
  sized!: `${number}x${number}`;
  dashed!: `${string}-${string}-${string}.json`;
  ending!: `${string}${number}`;
  whole!: `${int}:${bigint}`;
  either!: `${number | 'a'}${string}${boolean}`;
  id!: `item-${number}`;
  strings!: string[];
  ints!: Set<int>;
  record!: Record<int, decimal>;
  pair!: [int, url];
  anything!: unknown;
  @Field({ minLength: 2, maxLength: 3 }) limited!: string;
  @Field({ pattern: /^[ab]+$/ }) matching!: string;
  @Field({ gt: 0, le: 10, multipleOf: 0.5 }) ranged!: number;
  @Field({ ge: 1, lt: 10, multipleOf: 2 }) rangedInt!: int;
  @Field({ ge: 1n, lt: 10n, multipleOf: 2 }) rangedBig!: bigint;
  @Field({ gt: '0' }) above!: decimal;
  @Field({ ge: '0' }) atLeast!: decimal;
  @Field({ lt: '1e400' }) below!: decimal;
  @Field({ le: '0.000001' }) atMost!: decimal;
  @Field({ multipleOf: 0.01 }) cents!: decimal;
  @Field({ maxDigits: 4 }) digits!: decimal;
  @Field({ decimalPlaces: 2 }) places!: decimal;
  @Field({ ge: 'PT1S' }) least!: duration;
  @Field({ le: '2 days' }) longest!: duration;
  @Field({ ge: '10:00', offset: false }) opening!: time;
  @Field({ ge: '2020-01-01', past: true }) day!: date;
  @Field({ ge: '2020-01-01T00:00:00Z', future: true, offset: true }) moment!: datetime;
  @Field({ ge: new Date(0), past: true }) since!: Date;
  @Field({ gt: 'b' }) later!: string;
  @Field({ minLength: 2, maxLength: 9 }) data!: bytes;
}

export interface Reader {
  readonly name: string;
  read(value: unknown): void;
}

const readerOf = (name: string, schema: Schema, mode: 'text' | 'json'): Reader => {
  const validate = validatorOf(schema, { mode });
  return {
    name: `${name} from ${mode}`,
    read: (value) => {
      if (validate(value) === INVALID) void interpret(schema, value, { loc: ['here'], mode });
    },
  };
};
const schemaOf = (type: new () => object) => defaultBuilder().fromClass(type, { type: type.name });

const typed = schemaOf(Values).fields.flatMap(({ name, schema }) =>
  (['text', 'json'] as const).map((mode) => readerOf(name, schema, mode)),
);

/** The decorators of class-validator that may stand on text. */
const ruled = Object.entries(decorators).flatMap(([name, makes]) =>
  makes.flatMap((make, at) => {
    class Ruled {
      @make() value!: string;
    }
    try {
      return [readerOf(`@${name}() (${at + 1})`, schemaOf(Ruled).fields[0]!.schema, 'json')];
    } catch (error) {
      if (error instanceof BootError) return [];
      throw error;
    }
  }),
);

export const readers: readonly Reader[] = [...typed, ...ruled];
