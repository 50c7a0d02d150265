import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { Controller, Post, RequestValidationError, Vivace, parse } from 'vivace';
import { testClient } from 'vivace/testing';
import { BootError } from '../../src/errors/boot-error';
import { decorators } from './decorators';
import { values } from './values';

class Part {
  @cv.MinLength(2) name!: string;
}

class Skipped {
  skips = true;
}
class OfNumber extends Skipped {
  @cv.ValidateIf(({ skips }: Skipped) => !skips) value!: number;
}
class OfString extends Skipped {
  @cv.ValidateIf(({ skips }: Skipped) => !skips) value!: string;
}
class OfEither extends Skipped {
  @cv.ValidateIf(({ skips }: Skipped) => !skips) value!: number | string | boolean | null;
}
class OfList extends Skipped {
  @cv.ValidateIf(({ skips }: Skipped) => !skips) value!: (number | string | null)[];
}
class OfPart extends Skipped {
  @cv.ValidateIf(({ skips }: Skipped) => !skips)
  @cv.ValidateNested()
  @Type(() => Part)
  value!: Part | string | null;
}
type Holder = new () => Skipped & { value: unknown };

const finite = values.number.filter(Number.isFinite);
const holders: readonly (readonly [holder: Holder, fitting: readonly unknown[]])[] = [
  [OfNumber, finite],
  [OfString, values.string],
  [OfEither, [...finite, ...values.string, true, false, null]],
];

Error.stackTraceLimit = 0;

/** A class with one more decorator. */
function decorated(base: Holder, decorator: PropertyDecorator): Holder {
  class Probe extends base {}
  decorator(Probe.prototype, 'value');
  return Probe;
}

/** What is refused of the values; a decorator that could only refuse is an error at boot. */
function refused(type: Holder, fitting: readonly unknown[]): readonly unknown[] {
  try {
    return fitting.filter((value) => !takes(type, value));
  } catch (error) {
    if (error instanceof BootError) return [];
    throw error;
  }
}

function takes(type: Holder, value: unknown): boolean {
  try {
    return Object.is(parse(type, { value }, { strict: true }).value, value);
  } catch (error) {
    if (error instanceof RequestValidationError) return false;
    throw error;
  }
}

describe('a condition that is false leaves the type alone, without what constraints make of it', () => {
  it.each(Object.entries(decorators))('%s', (_, makes) => {
    for (const make of makes)
      for (const [holder, fitting] of holders)
        expect(refused(decorated(holder, make()), fitting)).toEqual([]);
  });

  it.each(Object.entries(decorators))('%s with `each`', (_, makes) => {
    for (const make of makes) {
      const type = decorated(OfList, make({ each: true }));
      try {
        expect(parse(type, { value: [1.5, 'a', null] }).value).toEqual([1.5, 'a', null]);
      } catch (error) {
        if (!(error instanceof BootError)) throw error;
      }
    }
  });

  it('ValidateNested', () => {
    expect(parse(OfPart, { value: 'text' }).value).toBe('text');
    expect(() => parse(OfPart, { value: 'text', skips: false })).toThrow();
  });
});

class Price {
  kind: 'whole' | 'exact' = 'exact';
  @cv.ValidateIf(({ kind }: Price) => kind === 'whole') @cv.IsInt() amount!: number;
}

@Controller()
class Prices {
  @Post('/echo')
  echo(price: Price): Price {
    return price;
  }
  @Post('/plain')
  plain(price: Price): Price {
    return { ...price };
  }
}

it.each(['/echo', '/plain'])('what was taken is answered: %s', async (path) => {
  await using client = await testClient(new Vivace({ controllers: [Prices] }));
  const send = (price: Price) => client.post(path, { json: price });
  expect(await (await send({ kind: 'exact', amount: 2.5 })).json()).toEqual({
    kind: 'exact',
    amount: 2.5,
  });
  expect((await send({ kind: 'whole', amount: 2.5 })).status).toBe(422);
});
