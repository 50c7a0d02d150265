import { Transform } from 'class-transformer';
import {
  IsString,
  MinLength,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidatorConstraint,
} from 'class-validator';
import {
  Body,
  Controller,
  FieldValidator,
  HTTPException,
  ModelValidator,
  Post,
  Query,
  ValueError,
  Vivace,
  WebSocket,
  WebSocketDisconnect,
  WebSocketRoute,
  parse,
  type int,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { Log } from './reliability/wire';

class Inner {
  n!: int;
}

/** What the hooks of the DTOs below throw. */
const errors = {
  refusal: () => new ValueError('not this one'),
  plain: () => new Error('not this one'),
  fault: () => new TypeError('secret of the program'),
  system: () => Object.assign(new Error('secret of the program'), { code: 'ECONNREFUSED' }),
  text: () => 'secret of the program',
  answer: () => new HTTPException(409, 'taken'),
  parsed: () => {
    try {
      return parse(Inner, { n: 'x' });
    } catch (error) {
      return error;
    }
  },
};
type Kind = keyof typeof errors;
let thrown: Kind;
const fail = (): never => {
  // oxlint-disable-next-line no-throw-literal
  throw errors[thrown]();
};
const failLater = async (): Promise<never> => fail();

class FieldAfter {
  v!: string;
  @FieldValidator('v') static check() {
    return fail();
  }
}
class FieldBefore {
  v!: string;
  @FieldValidator('v', { mode: 'before' }) static check() {
    return fail();
  }
}
class FieldLater {
  v!: string;
  @FieldValidator('v') static check() {
    return failLater();
  }
}
class ModelAfter {
  v!: string;
  @ModelValidator() check(): void {
    fail();
  }
}
class ModelBefore {
  v!: string;
  @ModelValidator({ mode: 'before' }) static check() {
    return fail();
  }
}
class ModelLater {
  v!: string;
  @ModelValidator() async check(): Promise<void> {
    await failLater();
  }
}
@ValidatorConstraint()
class Failing {
  validate() {
    return fail();
  }
}
class ByClass {
  @Validate(Failing) v!: string;
}
class ByFunction {
  @ValidateBy({ name: 'mine', validator: { validate: fail } }) v!: string;
}
class ByPromise {
  @ValidateBy({ name: 'mine', validator: { validate: failLater } }) v!: string;
}
class OfEach {
  @ValidateBy({ name: 'mine', validator: { validate: fail } }, { each: true }) v!: string[];
}
class Conditional {
  @ValidateIf(() => fail()) @IsString() v!: string;
}
class Worded {
  @MinLength(5, { message: () => fail() }) v!: string;
}
class Transformed {
  @Transform(() => fail()) v!: string;
}
class TransformedLater {
  @Transform(() => failLater()) v!: string;
}

const validators = { FieldAfter, FieldBefore, FieldLater, ModelAfter, ModelBefore, ModelLater };
const others = {
  ByClass,
  ByFunction,
  ByPromise,
  OfEach,
  Conditional,
  Worded,
  Transformed,
  TransformedLater,
};
const types: Record<string, new () => object> = { ...validators, ...others };

/** An application that takes a DTO as body, as query, inside a list, and as a message. */
function applicationOf(type: new () => object, log: Log): Vivace {
  @Controller()
  class Items {
    @Post('/body')
    body(@Body(type) body: object): object {
      return body;
    }
    @Post('/list')
    list(@Body([type]) body: object[]): unknown {
      return body;
    }
    @Post('/query')
    query(@Query(type) query: object): object {
      return query;
    }
    @WebSocketRoute('/socket')
    async socket(socket: WebSocket): Promise<void> {
      for await (const message of socket.messages(type)) await socket.send(JSON.stringify(message));
    }
  }
  return new Vivace({ controllers: [Items], logger: log.options });
}

const value = { v: 'x' };
const listed = { v: ['x'] };

describe.each(Object.keys(types))('what is thrown by %s', (name) => {
  const json = name === 'OfEach' ? listed : value;
  const isValidator = name in validators;
  const refuses = (kind: Kind): boolean =>
    isValidator && ['refusal', 'plain', 'parsed'].includes(kind);

  test.each(Object.keys(errors) as Kind[])('%s: is answered by whose fault it is', async (kind) => {
    thrown = kind;
    const log = new Log();
    await using client = await testClient(applicationOf(types[name]!, log), { raiseErrors: false });
    const answers = [
      await client.post('/body', { json }),
      await client.post('/list', { json: [json] }),
      await client.post('/query?v=x'),
    ];
    for (const answer of answers) {
      const text = answer.text;
      expect(text).not.toContain('secret');
      if (refuses(kind)) expect([answer.status, text]).toEqual([422, expect.anything()]);
      else if (kind === 'answer')
        expect([answer.status, text]).toEqual([409, '{"detail":"taken"}']);
      else expect([answer.status, text]).toEqual([500, '{"detail":"Internal Server Error"}']);
    }
    const faults = log.lines.filter(({ level }) => level === 50);
    expect(faults).toHaveLength(refuses(kind) || kind === 'answer' ? 0 : answers.length);
  });

  test.each(Object.keys(errors) as Kind[])('%s: closes a WebSocket accordingly', async (kind) => {
    thrown = kind;
    const log = new Log();
    await using client = await testClient(applicationOf(types[name]!, log), { raiseErrors: false });
    await using socket = await client.websocket('/socket');
    await socket.sendJson(json);
    const end = await socket.receive().catch((error: unknown) => error as WebSocketDisconnect);
    if (!(end instanceof WebSocketDisconnect)) throw new TypeError('the socket stayed open');
    expect(end.reason).not.toContain('secret');
    expect(end.code).toBe(refuses(kind) || kind === 'answer' ? 1008 : 1011);
    const faults = log.lines.filter(({ level }) => level === 50);
    expect(faults).toHaveLength(refuses(kind) || kind === 'answer' ? 0 : 1);
  });
});

describe('what a validator refuses', () => {
  it('has the place of the field, and inside it that of what parse() refused', async () => {
    const log = new Log();
    thrown = 'parsed';
    await using client = await testClient(applicationOf(FieldBefore, log));
    const { detail } = (await client.post('/body', { json: value })).json() as {
      detail: { type: string; loc: unknown[] }[];
    };
    expect(detail.map(({ type, loc }) => [type, loc])).toEqual([
      ['int_parsing', ['body', 'v', 'n']],
    ]);
  });
});
