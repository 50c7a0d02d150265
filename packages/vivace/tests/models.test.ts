import { Exclude, Expose, Transform } from 'class-transformer';
import {
  IsOptional,
  IsString,
  MinLength,
  Validate,
  ValidateIf,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import {
  Body,
  Controller,
  Field,
  FieldValidator,
  Get,
  Model,
  ModelValidator,
  Post,
  Query,
  Vivace,
  copy,
  dump,
  fieldsSet,
  jsonable,
  make,
  parse,
  type int,
} from 'vivace';
import { testClient, type TestClient, type TestResponse } from 'vivace/testing';

type Issue = { type: string; loc: (string | number)[]; msg: string; input: unknown; ctx?: unknown };
const issues = (response: TestResponse): Issue[] => response.json<{ detail: Issue[] }>().detail;
/** Issues as `type@place`. */
const placed = (response: TestResponse): string[] =>
  issues(response).map(({ type, loc }) => `${type}@${loc.join('.')}`);

class Booking {
  name!: string;
  from!: int;
  to!: int;
  code?: string;

  @FieldValidator('name')
  static trimmed(name: string) {
    if (name.trim() === '') throw new Error('a name has letters');
    return name.trim();
  }
  @FieldValidator(['from', 'to'], { mode: 'before' })
  static day(value: unknown) {
    return typeof value === 'string' ? value.replace(/^day /, '') : value;
  }
  @FieldValidator('code')
  static async known(code: string) {
    await Promise.resolve();
    if (code !== 'gold') throw new Error(`nobody knows ${code}`);
    return code.toUpperCase();
  }
  @ModelValidator({ mode: 'before' })
  static unwrapped(input: unknown) {
    return typeof input === 'object' && input !== null && 'booking' in input
      ? input.booking
      : input;
  }
  @ModelValidator()
  ordered() {
    if (this.to < this.from) throw new Error('it ends before it begins');
  }
}

class Price {
  @MinLength(1, { groups: ['create'] }) @IsOptional({ groups: ['change'] }) label!: string;
  @Field({ alias: 'netAmount' }) net!: number;
  @Field({ exclude: true }) margin: number = 0.5;
  @Field() get gross(): number {
    return this.net * 2;
  }
}

@Model({ alias: 'camel', byName: true, trim: true, extra: 'forbid' })
class Named {
  first_name!: string;
  @Field({ alias: { in: ['surname', 'family-name'], out: 'last' } }) last_name!: string;
}
@Model({ extra: 'allow' })
class Open {
  id!: int;
}

class Account {
  id!: int;
  @Exclude() password: string = 'secret';
  @Expose({ name: 'mail' }) email!: string;
  @Transform(({ value }) => (value as string).split(','), { toClassOnly: true }) roles!: string[];
}

@ValidatorConstraint({ name: 'free', async: true })
class Free implements ValidatorConstraintInterface {
  async validate(value: string) {
    await Promise.resolve();
    return value !== 'taken';
  }
  defaultMessage() {
    return '$value is taken';
  }
}
class SignUp {
  @IsString({ message: 'a login is text' })
  @Validate(Free)
  @MinLength(3, { message: 'at least $constraint1 letters', context: { code: 7 } })
  login!: string;
  invited: boolean = false;
  @ValidateIf((object: SignUp) => !object.invited) @MinLength(5) reason: string = 'because';
}

@Controller()
class Routes {
  @Post('/bookings')
  book(booking: Booking) {
    return { booking, instance: booking instanceof Booking };
  }
  @Post('/prices')
  price(price: Price): Price {
    return price;
  }
  @Post('/prices/create')
  createPrice(@Body({ groups: ['create'] }) price: Price) {
    return price.label;
  }
  @Post('/prices/change', { response: false })
  changePrice(@Body({ groups: ['change'] }) price: Price) {
    return price.label ?? null;
  }
  @Get('/prices')
  queried(@Query({ groups: ['create'] }) price: Price) {
    return price.label;
  }
  @Post('/named')
  named(named: Named): Named {
    return named;
  }
  @Post('/open')
  open(open: Open): Open {
    return open;
  }
  @Post('/accounts')
  account(account: Account): Account {
    return account;
  }
  @Post('/sign-up')
  signUp(signUp: SignUp) {
    return signUp.login;
  }
}

describe('a DTO', () => {
  let client: TestClient;
  beforeAll(async () => void (client = await testClient(new Vivace({ controllers: [Routes] }))));
  afterAll(() => client.close());
  const post = (path: string, json: unknown) => client.post(path, { json });

  it('is validated by its own methods: fields before and after their types, the input, the instance', async () => {
    const booked = await post('/bookings', {
      booking: { name: ' Ann ', from: 'day 1', to: 2, code: 'gold' },
    });
    expect(booked.json()).toEqual({
      booking: { name: 'Ann', from: 1, to: 2, code: 'GOLD' },
      instance: true,
    });
  });

  it('says what its methods throw, in the place of the field or of the whole', async () => {
    expect(issues(await post('/bookings', { name: ' ', from: 1, to: 2, code: 'x' }))).toEqual([
      {
        type: 'value_error',
        loc: ['body', 'name'],
        msg: 'Value error, a name has letters',
        input: ' ',
        ctx: { error: {} },
      },
      {
        type: 'value_error',
        loc: ['body', 'code'],
        msg: 'Value error, nobody knows x',
        input: 'x',
        ctx: { error: {} },
      },
    ]);
    const json = { name: 'Ann', from: 2, to: 1 };
    expect(issues(await post('/bookings', json))).toEqual([
      {
        type: 'value_error',
        loc: ['body'],
        msg: 'Value error, it ends before it begins',
        input: json,
        ctx: { error: {} },
      },
    ]);
  });

  it('runs the validators of the whole only if all fields fit', async () => {
    expect(placed(await post('/bookings', { name: 'Ann', from: 'x', to: 1 }))).toEqual([
      'int_parsing@body.from',
    ]);
  });

  it('shows computed fields and hides excluded ones', async () => {
    expect(
      (await post('/prices', { label: 'a', netAmount: 2, margin: 9, gross: 1 })).json(),
    ).toEqual({
      label: 'a',
      netAmount: 2,
      gross: 4,
    });
  });

  it('has the constraints of the groups that an input names', async () => {
    expect(placed(await post('/prices/create', { label: '', netAmount: 1 }))).toEqual([
      'string_too_short@body.label',
    ]);
    expect(placed(await post('/prices/create', { netAmount: 1 }))).toEqual(['missing@body.label']);
    expect((await post('/prices/change', { label: '', netAmount: 1 })).json()).toBe('');
    expect((await post('/prices/change', { netAmount: 1 })).json()).toBe(null);
    expect(placed(await client.get('/prices?label=&netAmount=1'))).toEqual([
      'string_too_short@query.label',
    ]);
  });

  it('is read by any of its names and written by one', async () => {
    for (const json of [
      { firstName: ' Ann ', surname: 'Lee' },
      { first_name: 'Ann', 'family-name': 'Lee' },
      { first_name: 'Ann', last_name: ' Lee' },
    ])
      expect((await post('/named', json)).json()).toEqual({ firstName: 'Ann', last: 'Lee' });
  });

  it('forbids or keeps unknown fields where it says so', async () => {
    expect(placed(await post('/named', { firstName: 'Ann', surname: 'Lee', age: 3 }))).toEqual([
      'extra_forbidden@body.age',
    ]);
    expect((await post('/open', { id: 1, more: { a: 1 } })).json()).toEqual({
      id: 1,
      more: { a: 1 },
    });
  });

  it('does what the decorators of class-transformer say', async () => {
    const account = await post('/accounts', {
      id: 1,
      password: 'mine',
      mail: 'a@b.co',
      roles: 'a,b',
    });
    expect(account.json()).toEqual({ id: 1, mail: 'a@b.co', roles: ['a', 'b'] });
  });

  it('waits for constraints, and speaks with the words of the user', async () => {
    expect((await post('/sign-up', { login: 'ann' })).json()).toBe('ann');
    expect(issues(await post('/sign-up', { login: 'taken' }))).toEqual([
      {
        type: 'value_error',
        loc: ['body', 'login'],
        msg: 'Value error, taken is taken',
        input: 'taken',
        ctx: { error: {} },
      },
    ]);
    expect(issues(await post('/sign-up', { login: 'ab' }))).toEqual([
      {
        type: 'string_too_short',
        loc: ['body', 'login'],
        msg: 'at least 3 letters',
        input: 'ab',
        ctx: { min_length: 3, code: 7 },
      },
    ]);
    expect(issues(await post('/sign-up', { login: 5 }))).toMatchObject([
      { type: 'string_type', msg: 'a login is text' },
    ]);
  });

  it('skips the constraints of a field whose condition does not hold', async () => {
    expect(placed(await post('/sign-up', { login: 'ann', reason: 'no' }))).toEqual([
      'string_too_short@body.reason',
    ]);
    expect((await post('/sign-up', { login: 'ann', reason: 'no', invited: true })).json()).toBe(
      'ann',
    );
  });
});

describe('values of DTOs', () => {
  it('are parsed, made, copied and dumped outside of requests', () => {
    const price = parse(Price, { label: 'a', netAmount: '2' });
    expect(price).toBeInstanceOf(Price);
    expect([...fieldsSet(price)]).toEqual(['label', 'net']);
    expect(dump(price, { excludeUnset: true })).toEqual({ label: 'a', net: 2, gross: 4 });
    expect(jsonable(copy(price, { net: 3 }))).toEqual({ label: 'a', netAmount: 3, gross: 6 });
    expect([...fieldsSet(make(Price, { net: 1 }))]).toEqual(['net']);
  });
});
