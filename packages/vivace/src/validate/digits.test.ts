import {
  Body,
  Controller,
  FieldValidator,
  Post,
  Secret,
  Vivace,
  parse,
  type decimal,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

class Amount {
  count!: bigint;
  price!: decimal;
  ratio!: number;
  counts: bigint[] = [];
  prices: Record<string, decimal> = {};
  pair?: [bigint, decimal];
  either?: bigint | string;
  maybe: decimal | null = null;
  hidden?: Secret | decimal;
  anything?: unknown;
}
class Upper {
  count!: bigint;
  @FieldValidator('count', { mode: 'before' })
  static seen(value: unknown) {
    return typeof value === 'bigint' ? value + 1n : value;
  }
}

@Controller()
class Amounts {
  @Post('/amount')
  amount(amount: Amount) {
    return new JSONResponse(shown(amount));
  }
  @Post('/amounts')
  amounts(@Body() amounts: Amount[]) {
    return new JSONResponse(shown(amounts));
  }
  @Post('/count')
  count(@Body() count: bigint) {
    return new JSONResponse(shown(count));
  }
  @Post('/price-or-number')
  priceOrNumber(@Body() value: decimal | number) {
    return new JSONResponse(shown(value));
  }
  @Post('/price-or-number/list')
  pricesOrNumbers(@Body() values: (decimal | number)[]) {
    return new JSONResponse(shown(values));
  }
  @Post('/count-or-number')
  countOrNumber(@Body() value: bigint | number) {
    return new JSONResponse(shown(value));
  }
  @Post('/count-or-number/list')
  countsOrNumbers(@Body() values: (bigint | number)[]) {
    return new JSONResponse(shown(values));
  }
  @Post('/keys')
  keys(@Body() count: bigint, @Body() price: decimal) {
    return new JSONResponse(shown({ count, price }));
  }
  @Post('/upper')
  upper(@Body() upper: Upper) {
    return new JSONResponse(shown(upper));
  }
  @Post('/echo')
  echo(@Body() amount: Pick<Amount, 'count' | 'counts'>): Pick<Amount, 'count' | 'counts'> {
    return amount;
  }
}

const shown = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each)));
const app = new Vivace({ controllers: [Amounts], logger: false });

async function sent(path: string, body: string): Promise<unknown> {
  await using client = await testClient(app);
  const response = await client.post(path, {
    body,
    headers: { 'content-type': 'application/json' },
  });
  return response.json();
}

const BIG = '123456789012345678901234567890';

describe('the digits of a number that was sent', () => {
  it('arrive as a bigint and as a decimal, wherever they stand', async () => {
    const body = `{"count":${BIG},"price":1.10,"ratio":1.50,"counts":[1,${BIG}],"prices":{"a":0.1000,"__proto__":2.0},"pair":[${BIG},1e2],"either":${BIG},"maybe":12345678901234567890.123456789,"anything":${BIG}}`;
    const amount = {
      count: `${BIG}n`,
      price: '1.10',
      ratio: 1.5,
      counts: ['1n', `${BIG}n`],
      prices: { a: '0.1000', ['__proto__']: '2.0' },
      pair: [`${BIG}n`, '1e2'],
      either: `${BIG}n`,
      maybe: '12345678901234567890.123456789',
      anything: Number(BIG),
    };
    expect(await sent('/amount', body)).toEqual(amount);
    expect(await sent('/amounts', `[${body}]`)).toEqual([amount]);
  });

  it('arrive where they are the whole body or a key of it', async () => {
    expect(await sent('/count', BIG)).toBe(`${BIG}n`);
    expect(await sent('/keys', `{"count":-${BIG},"price":1.0}`)).toEqual({
      count: `-${BIG}n`,
      price: '1.0',
    });
  });

  it.each(['9007199254740993', '9007199254740992', '1152921504606847000', '100000000000000000000'])(
    'arrive also where a number would show them as they were sent: %s',
    async (text) => {
      expect(await sent('/count', text)).toBe(`${text}n`);
      expect(await sent('/keys', `{"count":-${text},"price":${text}}`)).toEqual({
        count: `-${text}n`,
        price: text,
      });
      expect(await sent('/count-or-number/list', `[${text}]`)).toEqual([`${text}n`]);
    },
  );

  it.each(['price-or-number', 'count-or-number'])(
    'are wanted of a whole body as of a part: %s',
    async (path) => {
      for (const text of ['1E-2', '1.10', '-0', '1', BIG, '2.0', '1e2']) {
        const inList = await sent(`/${path}/list`, `[${text}]`);
        expect([await sent(`/${path}`, ` ${text}\n`)]).toEqual(inList);
      }
    },
  );

  it('are what a validator sees that runs before the field is read', async () => {
    expect(await sent('/upper', '{"count":9007199254740993}')).toEqual({
      count: '9007199254740994n',
    });
  });

  it('are those of our own answers', async () => {
    await using client = await testClient(app);
    const headers = { 'content-type': 'application/json' };
    const { text } = await client.post('/echo', {
      body: `{"count":${BIG},"counts":[${BIG}]}`,
      headers,
    });
    expect((await client.post('/echo', { body: text, headers })).text).toBe(text);
  });

  it('are those that were sent also where something else is wrong', async () => {
    expect(await sent('/amount', `{"count":${BIG},"price":"x","ratio":1}`)).toMatchObject({
      detail: [{ loc: ['body', 'price'], type: 'decimal_parsing' }],
    });
  });

  it('are no text for a secret beside a decimal', async () => {
    const body = '{"count":1,"price":1,"ratio":1,"hidden":1.10}';
    expect(await sent('/amount', body)).toMatchObject({ hidden: '1.1' });
  });

  it('are refused beyond those that a number of the program holds', () => {
    expect(() => parse(Upper, { count: 1e300 })).toThrow();
  });
});
