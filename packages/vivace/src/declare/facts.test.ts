import {
  BackgroundTasks,
  bytes,
  Controller,
  dependency,
  Depends,
  Field,
  FieldValidator,
  Get,
  Header,
  HTTPException,
  Injectable,
  int,
  Model,
  ModelValidator,
  on,
  oneOf,
  Path,
  Post,
  provide,
  Query,
  Route,
  Secret,
  Security,
  WebSocket,
  WebSocketRoute,
} from 'vivace';
import { inspect } from 'node:util';
import { declarationOf } from './class-facts';
import { factsOf } from './value-facts';
import { Settings } from './settings';

const page = dependency({ skip: Query(int, { default: 0, ge: 0 }) }, ({ skip }) => skip);

describe('a controller', () => {
  class Late extends Error {}
  const Reader = Security(page, ['read']);

  @Controller('/items', { tags: ['items'] })
  class Items {
    constructor(@Depends(page) readonly skip: number) {}
    @Get('/:id', { status: 203 }) read(
      @Path() id: int,
      @Query('item-query', { maxLength: 3 }) q?: string,
    ) {
      return [id, q];
    }
    @Post({ summary: 'Make' }) create(@Reader skip: number) {
      return skip;
    }
    @Route(['HEAD', 'OPTIONS'], '/x') @Get('/y') both() {}
    @WebSocketRoute('/feed', { name: 'feed' }) feed(socket: WebSocket): void {
      void socket;
    }
  }
  class Below extends Items {}
  const facts = declarationOf(Items);

  test('has a prefix and options', () => {
    expect(facts.controller).toEqual({ prefix: '/items', options: { tags: ['items'] } });
  });

  test('has operations in the order of the source, decorators of one method from the inside out', () => {
    expect(
      facts.operations.map(({ key, methods, path, options }) => [key, methods, path, options]),
    ).toEqual([
      ['read', ['GET'], '/:id', { status: 203 }],
      ['create', ['POST'], '', { summary: 'Make' }],
      ['both', ['GET'], '/y', {}],
      ['both', ['HEAD', 'OPTIONS'], '/x', {}],
    ]);
    expect(facts.sockets).toMatchObject([
      { key: 'feed', path: '/feed', options: { name: 'feed' } },
    ]);
  });

  test('has marks for parameters of methods and of the constructor', () => {
    const marks = facts.marks.map(({ method, index, mark }) => [method, index, mark.kind]);
    expect(marks).toEqual([
      ['read', 1, 'input'],
      ['read', 0, 'input'],
      ['create', 0, 'use'],
      [undefined, 0, 'use'],
    ]);
    expect(facts.marks[0]?.mark).toEqual({
      kind: 'input',
      source: 'query',
      alias: 'item-query',
      type: undefined,
      options: { maxLength: 3 },
    });
    expect(facts.marks[2]?.mark).toEqual({
      kind: 'use',
      of: page,
      cache: true,
      scope: undefined,
      security: true,
      scopes: ['read'],
    });
  });

  test('knows the file in which it was written', () => {
    expect(facts.where).toMatchObject({
      file: expect.stringMatching(/facts\.test\.ts$/),
      line: expect.any(Number),
    });
    expect(facts.operations[0]?.where).toMatchObject({
      type: 'Items',
      member: 'read',
      file: facts.where?.file,
    });
  });

  test('gives nothing to a class that extends it', () => {
    expect(declarationOf(Below)).toBe(declarationOf(Late));
    expect(declarationOf(Below).operations).toEqual([]);
  });

  test('is frozen, lists included', () => {
    expect(
      [facts, facts.operations, facts.operations[0], facts.marks, facts.controller].every(
        Object.isFrozen,
      ),
    ).toBe(true);
  });
});

describe('a DTO', () => {
  @Model({ name: 'Thing', extra: 'forbid' })
  class Thing {
    @Field({ gt: 0, alias: 'Size' }) size!: number;
    @Header('x-agent', { maxLength: 9 }) agent?: string;
    @Field() get area() {
      return this.size ** 2;
    }
    @FieldValidator(['size', 'agent'], { mode: 'before' }) static clean(value: unknown) {
      return value;
    }
    @ModelValidator() whole(): void {}
    @ModelValidator({ mode: 'before' }) static raw(input: unknown) {
      return input;
    }
  }

  test('has its configuration, fields and validators; a marked property is a field', () => {
    expect(declarationOf(Thing)).toMatchObject({
      model: { name: 'Thing', extra: 'forbid' },
      fields: [
        { key: 'size', gt: 0, alias: 'Size', accessor: false },
        { key: 'agent', maxLength: 9, alias: 'x-agent', accessor: false },
        { key: 'area', accessor: true },
      ],
      fieldValidators: [{ key: 'clean', fields: ['size', 'agent'], mode: 'before' }],
      modelValidators: [
        { key: 'whole', mode: 'after' },
        { key: 'raw', mode: 'before' },
      ],
    });
  });
});

describe('a dependency', () => {
  test('keeps its function, its needs and when it lives', () => {
    const call = () => 1;
    expect(factsOf(dependency(call, { lifetime: 'singleton', scope: 'request' }))).toMatchObject({
      kind: 'dependency',
      call,
      inputs: undefined,
      lifetime: 'singleton',
      scope: 'request',
      name: 'call',
    });
    expect(factsOf(page)).toMatchObject({
      lifetime: 'request',
      scope: 'function',
      inputs: { skip: expect.anything() },
    });
  });

  test('is called as the compiler says, or as its option `name` says', () => {
    const identity = {
      [Symbol.for('vivace.id')]: 'shop/src/db.ts#session',
      hash: 'x',
      file: __filename,
    } as object;
    const given = dependency as (...given: unknown[]) => unknown;
    expect(factsOf(given(() => 1, identity))).toMatchObject({
      name: 'session',
      id: 'shop/src/db.ts#session',
      where: { member: 'session' },
    });
    expect(factsOf(given({}, () => 1, { name: 'mine', lifetime: 'call' }, identity))).toMatchObject(
      {
        name: 'mine',
        lifetime: 'call',
        inputs: {},
      },
    );
  });

  test('knows the line in which it was written', () => {
    // prettier-ignore
    const [first, second] = [
      dependency(() => 1),
      dependency(() => 2),
    ].map(factsOf);
    if (first?.kind !== 'dependency' || second?.kind !== 'dependency')
      throw new Error('no dependencies');
    expect(first.where.file).toMatch(/facts\.test\.ts$/);
    expect(second.where.line).toBe((first.where.line ?? 0) + 1);
  });

  test('is not injected into a property', () => {
    const needy = () => {
      class Needy {
        @Depends(page) skip!: number;
      }
      return Needy;
    };
    expect(needy).toThrow(
      /\[PROPERTY_INJECTED\] Needy\.skip: .*\n.*constructor\(@Depends\(…\) readonly skip/,
    );
  });

  test('is marked for injection by Depends', () => {
    expect(factsOf(Depends(page, { cache: false, scope: 'request' }))).toEqual({
      kind: 'use',
      of: page,
      cache: false,
      scope: 'request',
      security: false,
      scopes: [],
    });
  });
});

describe('other values', () => {
  abstract class Mailer {}
  @Injectable({ lifetime: 'singleton' })
  class Smtp extends Mailer {}

  test('say what they stand for', () => {
    const handle = () => Promise.reject(new Error('unused'));
    expect(factsOf(provide(Mailer, Smtp))).toEqual({ kind: 'provision', target: Mailer, by: Smtp });
    expect(factsOf(on(HTTPException, handle))).toEqual({
      kind: 'handler',
      on: HTTPException,
      handle,
    });
    expect(factsOf(bytes)).toEqual({ kind: 'token', token: 'bytes' });
    expect(factsOf(oneOf('a', null, [int]))).toEqual({
      kind: 'token',
      token: 'oneOf',
      choices: ['a', null, [int]],
    });
    expect(factsOf(Query([int]))).toMatchObject({ kind: 'input', type: [int] });
    expect([Mailer, BackgroundTasks, null, 3, {}].map(factsOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('show nothing of that to a program', () => {
    expect(Object.keys(page)).toEqual([]);
    expect(
      Reflect.ownKeys(oneOf('a')).every(
        (key) => !Object.prototype.propertyIsEnumerable.call(page, key),
      ),
    ).toBe(true);
  });

  test('classes are injectable or settings', () => {
    @Settings({ prefix: 'SHOP_' })
    class ShopSettings {}
    expect(declarationOf(Smtp).injectable).toEqual({ lifetime: 'singleton' });
    expect(declarationOf(ShopSettings).settings).toEqual({ prefix: 'SHOP_' });
  });
});

describe('a secret', () => {
  test('is shown only when it is asked for', () => {
    const secret = new Secret('hush');
    expect(secret.reveal()).toBe('hush');
    expect(
      [`${secret}`, JSON.stringify({ secret }), inspect(secret), inspect({ ...secret })].join(' '),
    ).not.toContain('hush');
  });
});

describe('HTTPException', () => {
  test('has the name of the status for a detail, and its text for a message', () => {
    expect(new HTTPException(404).detail).toBe('Not Found');
    expect(new HTTPException(422).message).toBe('Unprocessable Content');
    expect(new HTTPException(400, { code: 7 }).message).toBe('{"code":7}');
    expect(new HTTPException(400, null).detail).toBeNull();
    const cause = new Error('why');
    expect(new HTTPException(401, 'no', { headers: { a: 'b' }, cause })).toMatchObject({
      status: 401,
      headers: { a: 'b' },
      cause,
      message: 'no',
    });
  });
});
