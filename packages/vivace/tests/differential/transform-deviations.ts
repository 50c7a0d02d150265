import {
  Exclude,
  Expose,
  Transform,
  Type,
  instanceToPlain,
  plainToInstance,
} from 'class-transformer';
import { Field, type RequestValidationError, jsonable, parse } from 'vivace';

/** Where an instance or its JSON is not what class-transformer makes, and why. */
export interface TransformDeviation {
  readonly why: string;
  theirs(): unknown;
  ours(): unknown;
  readonly expected: { readonly theirs: unknown; readonly ours: unknown };
}

class Item {
  name!: string;
  price: number = 1;
}
class Count {
  @Type(() => Number) count!: number;
}
class Flag {
  @Type(() => Boolean) flag!: boolean;
}
class Moment {
  @Type(() => Date) at!: Date;
}
class HiddenAlias {
  @Exclude() @Expose({ name: 'user_id' }) id: number = 0;
}
class OutAlias {
  @Expose({ name: 'fullName', toPlainOnly: true }) name!: string;
}
class AliasedDefault {
  @Expose({ name: 'page_size' }) size: number = 20;
}
class Early {
  @Type(() => Number)
  @Transform(({ value }) => (typeof value === 'string' ? value.length : -1), { toClassOnly: true })
  size!: number;
}
class Method {
  name: string = 'a';
  secret = (): string => 'told';
}
class Cat {
  kind!: 'cat';
  lives!: number;
}
class Dog {
  kind!: 'dog';
}
class Owner {
  @Type(() => Object, {
    discriminator: {
      property: 'kind',
      subTypes: [
        { value: Cat, name: 'cat' },
        { value: Dog, name: 'dog' },
      ],
    },
  })
  pet!: Cat | Dog;
}
class Stamp {
  @Field() at: Date = new Date(0);
}

const issueOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as RequestValidationError).issues.map(({ type }) => type);
  }
};

export const transformDeviations: Readonly<Record<string, TransformDeviation>> = {
  'unknown keys are not copied': {
    why: 'a client must not write fields that nobody declared',
    theirs: () => ({ ...plainToInstance(Item, { name: 'a', admin: true }) }),
    ours: () => ({ ...parse(Item, { name: 'a', admin: true }) }),
    expected: { theirs: { name: 'a', price: 1, admin: true }, ours: { name: 'a', price: 1 } },
  },
  'an explicit undefined keeps the default': {
    why: 'JSON has no undefined: it is as good as absent',
    theirs: () => plainToInstance(Item, { name: 'a', price: undefined }).price,
    ours: () => parse(Item, { name: 'a', price: undefined }).price,
    expected: { theirs: undefined, ours: 1 },
  },
  'no text is no number': {
    why: '`Number("")` is 0 and `Number("x")` NaN',
    theirs: () => [
      plainToInstance(Count, { count: '' }).count,
      plainToInstance(Count, { count: 'x' }).count,
    ],
    ours: () => [
      issueOf(() => parse(Count, { count: '' })),
      issueOf(() => parse(Count, { count: 'x' })),
    ],
    expected: { theirs: [0, Number.NaN], ours: [['float_parsing'], ['float_parsing']] },
  },
  'false is false': {
    why: '`Boolean("false")` is true',
    theirs: () => plainToInstance(Flag, { flag: 'false' }).flag,
    ours: () => parse(Flag, { flag: 'false' }).flag,
    expected: { theirs: true, ours: false },
  },
  'a date is a date': {
    why: '`new Date(true)` is in 1970, and `new Date("x")` is none',
    theirs: () => plainToInstance(Moment, { at: true }).at.getTime(),
    ours: () => issueOf(() => parse(Moment, { at: true })),
    expected: { theirs: 1, ours: ['datetime_type'] },
  },
  'what is excluded is so by every name': {
    why: 'class-transformer looks for the name on the wire among the names of excluded fields, so another name lets it in',
    theirs: () => plainToInstance(HiddenAlias, { user_id: 7 }).id,
    ours: () => parse(HiddenAlias, { user_id: 7 }).id,
    expected: { theirs: 7, ours: 0 },
  },
  'a name for responses is not read': {
    why: 'class-transformer reads the names of both directions on the way in',
    theirs: () => plainToInstance(OutAlias, { name: 'a', fullName: 'b' }).name,
    ours: () => parse(OutAlias, { name: 'a', fullName: 'b' }).name,
    expected: { theirs: 'b', ours: 'a' },
  },
  'an absent alias keeps the default': {
    why: 'class-transformer writes undefined over it',
    theirs: () => plainToInstance(AliasedDefault, {}).size,
    ours: () => parse(AliasedDefault, {}).size,
    expected: { theirs: undefined, ours: 20 },
  },
  'a transform sees what was sent': {
    why: 'it may make of a text what the type wants, such as a list of `a,b`; the result is validated, which class-transformer leaves to others',
    theirs: () => plainToInstance(Early, { size: 'four' }).size,
    ours: () => parse(Early, { size: 'four' }).size,
    expected: { theirs: -1, ours: 4 },
  },
  'a field that holds a function is refused': {
    why: 'class-transformer calls every property that is a function and writes what it gives',
    theirs: () => instanceToPlain(new Method()),
    ours: () => codeOf(() => jsonable(new Method())),
    expected: { theirs: { name: 'a', secret: 'told' }, ours: 'UNSUPPORTED_TYPE' },
  },
  'the tag stays and must be known': {
    why: 'class-transformer removes the tag from the input, and takes an unknown one for the base class',
    theirs: () => ({ ...plainToInstance(Owner, { pet: { kind: 'cat', lives: 9 } }).pet }),
    ours: () => ({ ...parse(Owner, { pet: { kind: 'cat', lives: 9 } }).pet }),
    expected: { theirs: { lives: 9 }, ours: { kind: 'cat', lives: 9 } },
  },
  'an instant is written as ISO 8601': {
    why: 'the answer is JSON; class-transformer leaves the Date to others',
    theirs: () => instanceToPlain(new Stamp()),
    ours: () => jsonable(new Stamp()),
    expected: { theirs: { at: new Date(0) }, ours: { at: '1970-01-01T00:00:00Z' } },
  },
};

function codeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
}
