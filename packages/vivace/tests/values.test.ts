import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  HTTPException,
  Secret,
  Vivace,
  WebSocket,
  WebSocketRoute,
  bytes,
  jsonable,
} from 'vivace';
import { EventSourceResponse, JSONResponse, Response, ServerSentEvent } from 'vivace/responses';
import { testClient } from 'vivace/testing';

/** No text of UTF-8. */
const BYTES = new Uint8Array([0xff, 0xfe, 0, 1]);
const BASE64 = '__4AAQ==';

const KINDS_OF_BYTES: Record<string, () => unknown> = {
  Buffer: () => Buffer.from(BYTES),
  Uint8Array: () => BYTES.slice(),
  ArrayBuffer: () => BYTES.slice().buffer,
};

class Problem extends Error {}
class Channel extends EventEmitter {}

/** What JSON cannot say, and how it is called. */
const FORMLESS: Record<string, readonly [() => unknown, string]> = {
  Error: [() => new Error('no'), 'Error'],
  'an error of a class of its own': [() => new Problem('no'), 'Problem'],
  HTTPException: [() => [new HTTPException(404)], 'HTTPException'],
  RegExp: [() => /a/, 'RegExp'],
  Headers: [() => new Headers({ a: 'b' }), 'Headers'],
  URLSearchParams: [() => new URLSearchParams('a=b'), 'URLSearchParams'],
  FormData: [() => new FormData(), 'FormData'],
  AbortSignal: [() => AbortSignal.abort(), 'AbortSignal'],
  Socket: [() => new Socket(), 'Socket'],
  'an emitter of events': [() => new Channel(), 'Channel'],
  WeakMap: [() => new WeakMap(), 'WeakMap'],
  Float64Array: [() => new Float64Array(2), 'Float64Array'],
  DataView: [() => new DataView(new ArrayBuffer(2)), 'DataView'],
  'an iterator': [() => [1].values(), 'Iterator'],
  'a function': [() => function work() {}, 'function work'],
  'a symbol': [() => Symbol('sign'), 'symbol sign'],
  'a map with objects as keys': [() => new Map([[{}, 1]]), 'Object'],
  'a stream inside of something': [() => [Readable.from([])], 'Readable'],
  'a stream of the web inside of something': [() => [new Blob([]).stream()], 'ReadableStream'],
  'a Blob inside of something': [() => [new Blob([])], 'Blob'],
  'a Response inside of something': [() => [new globalThis.Response('a')], 'Response'],
  'a response of ours inside of something': [() => [new Response('a')], 'Response'],
};

const DATA: Record<string, readonly [() => unknown, string]> = {
  text: [() => 'a', '"a"'],
  'a big number': [() => 2n ** 60n, '1152921504606846976'],
  Date: [() => new Date(0), '"1970-01-01T00:00:00+00:00"'],
  URL: [() => new URL('http://a.example'), '"http://a.example/"'],
  Secret: [() => new Secret('s'), '"**********"'],
  Set: [() => new Set([1, new Date(0)]), '[1,"1970-01-01T00:00:00+00:00"]'],
  Map: [
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [2, BYTES],
        [new Date(0), null],
      ]),
    `{"2":"${BASE64}","a":1,"1970-01-01T00:00:00+00:00":null}`,
  ],
};

const PLACES: Record<
  string,
  readonly [around: (value: unknown) => unknown, json: (text: string) => string]
> = {
  alone: [(value) => value, (text) => text],
  object: [(value) => ({ value }), (text) => `{"value":${text}}`],
  list: [(value) => [value], (text) => `[${text}]`],
  record: [(value) => new Map([['a', value]]), (text) => `{"a":${text}}`],
  deep: [(value) => [{ rows: new Set([{ value }]) }], (text) => `[{"rows":[{"value":${text}}]}]`],
};

let given: unknown;

@Controller()
class Anything {
  @Get('/http')
  http(): any {
    return given;
  }
  @Get('/later')
  async later(): Promise<unknown> {
    return given;
  }
  @Get('/fields')
  fields(): { value: unknown } {
    return { value: given };
  }
  @Get('/class', { responseClass: JSONResponse })
  json(): unknown {
    return given;
  }
  @Get('/response')
  response() {
    return new JSONResponse(given);
  }
  @Get('/events', { responseClass: EventSourceResponse })
  async *events(): AsyncIterable<ServerSentEvent<unknown>> {
    yield new ServerSentEvent({ data: given });
  }
  @Get('/event-response')
  eventResponse() {
    return new EventSourceResponse(Readable.from([new ServerSentEvent({ data: given })]));
  }
  @Get('/lines')
  async *lines(): AsyncIterable<unknown> {
    yield given;
  }
  @WebSocketRoute('/socket')
  async socket(socket: WebSocket): Promise<void> {
    await socket.sendJson(given);
  }
}

type Client = Awaited<ReturnType<typeof testClient>>;

/** What is said of a value in JSON, by each way that leads to a client. */
const WAYS: Record<string, (client: Client) => Promise<string>> = {
  HTTP: async (client) => (await client.get('/http')).text,
  'a promise': async (client) => (await client.get('/later')).text,
  'JSONResponse as response class': async (client) => (await client.get('/class')).text,
  'a JSONResponse': async (client) => (await client.get('/response')).text,
  events: async (client) => eventOf((await client.get('/events')).text),
  'an EventSourceResponse': async (client) => eventOf((await client.get('/event-response')).text),
  lines: async (client) => (await client.get('/lines')).text.trim(),
  'a WebSocket': async (client) => {
    await using socket = await client.websocket('/socket');
    return socket.receive();
  },
};
const eventOf = (text: string): string => /^data: (.*)/.exec(text)?.[1] ?? text;
const compact = (text: string): string => text.replaceAll(/([,:]) /g, '$1');

describe('values of which nothing is declared', () => {
  let client: Client;
  beforeAll(async () => {
    client = await testClient(new Vivace({ controllers: [Anything] }));
  });
  afterAll(() => client.close());
  const kinds = (table: Readonly<Record<string, unknown>>) =>
    Object.keys(WAYS).flatMap((way) => Object.keys(table).map((kind) => [way, kind] as const));
  const places = async <T>(
    run: (place: string, around: (value: unknown) => unknown) => Promise<T>,
  ) => {
    const found: Record<string, T> = {};
    for (const [place, [around]] of Object.entries(PLACES)) found[place] = await run(place, around);
    return found;
  };
  const inPlaces = (text: string) =>
    Object.fromEntries(Object.entries(PLACES).map(([place, [, json]]) => [place, json(text)]));

  it.each(kinds(DATA))('by %s: %s is JSON', async (way, kind) => {
    const [make, text] = DATA[kind]!;
    const found = await places(async (_, around) => {
      given = around(make());
      return compact(await WAYS[way]!(client));
    });
    expect(found).toEqual(inPlaces(text));
  });

  it.each(kinds(KINDS_OF_BYTES))('by %s: %s is base64 in JSON', async (way, kind) => {
    const found = await places(async (place, around) => {
      if (place === 'alone' && ['HTTP', 'a promise'].includes(way)) return `"${BASE64}"`;
      given = around(KINDS_OF_BYTES[kind]!());
      return compact(await WAYS[way]!(client));
    });
    expect(found).toEqual(inPlaces(`"${BASE64}"`));
  });

  it.each(kinds(FORMLESS))('by %s: %s is an error that names it', async (way, kind) => {
    const [make, name] = FORMLESS[kind]!;
    const found = await places(async (_, around) => {
      given = around(make());
      const said = await WAYS[way]!(client).catch((error: unknown) => String(error));
      return said.includes(name) || said;
    });
    expect(found).toEqual(Object.fromEntries(Object.keys(PLACES).map((place) => [place, true])));
  });

  it('is the same for jsonable', () => {
    expect(jsonable({ list: [BYTES, BYTES.buffer] })).toEqual({ list: [BASE64, BASE64] });
    expect(() => jsonable({ a: [/a/] })).toThrow(
      'An instance of RegExp has no form in JSON (a.0).',
    );
  });
});

class Picture {
  pixels!: bytes;
  more: bytes[] = [];
  named: Record<string, bytes> = {};
  either: bytes | null = null;
}
interface Loose {
  any?: unknown;
  pixels?: Buffer;
}

@Controller()
class Typed {
  @Get('/field')
  field(): Picture {
    return { pixels: BYTES, more: [BYTES], named: { a: BYTES }, either: BYTES };
  }
  @Get('/list')
  list(): bytes[] {
    return [BYTES];
  }
  @Get('/record')
  record(): Record<string, Uint8Array | string> {
    return { a: BYTES, b: 'text' };
  }
  @Get('/loose')
  loose(): Loose {
    return given as Loose;
  }
  @Get('/free')
  free(): Record<string, unknown> {
    return given as Record<string, unknown>;
  }
  @Get('/any')
  any(): { value: any }[] {
    return [{ value: given }];
  }
  @Get('/lines')
  async *lines(): AsyncIterable<bytes> {
    yield BYTES;
  }
  @Get('/events', { responseClass: EventSourceResponse })
  async *events(): AsyncIterable<Picture> {
    yield Object.assign(new Picture(), { pixels: BYTES });
  }
}

describe('values of a declared type', () => {
  let client: Client;
  beforeAll(async () => {
    client = await testClient(new Vivace({ controllers: [Typed] }));
  });
  afterAll(() => client.close());

  it('are base64 where they are bytes inside of something', async () => {
    const text = async (path: string) => compact((await client.get(path)).text.trim());
    expect(await text('/field')).toBe(
      `{"pixels":"${BASE64}","more":["${BASE64}"],"named":{"a":"${BASE64}"},"either":"${BASE64}"}`,
    );
    expect(await text('/list')).toBe(`["${BASE64}"]`);
    expect(await text('/record')).toBe(`{"a":"${BASE64}","b":"text"}`);
    expect(await text('/lines')).toBe(`"${BASE64}"`);
    expect(await text('/events')).toContain(`{"pixels":"${BASE64}",`);
  });

  it.each(Object.keys(FORMLESS))('%s is an error, also where every object fits', async (kind) => {
    for (const path of ['/loose', '/free', '/any']) {
      const value = FORMLESS[kind]![0]();
      given = path === '/any' ? value : Array.isArray(value) ? { any: value } : value;
      await expect(client.get(path)).rejects.toThrow();
    }
  });

  it('are an error at boot where a type says that JSON cannot say them', async () => {
    @Controller()
    class Streams {
      @Get('/field')
      field(): { stream: Readable } {
        throw new Error('never');
      }
    }
    @Controller()
    class Errors {
      @Get('/error')
      error(): Error {
        throw new Error('never');
      }
    }
    @Controller()
    class Lists {
      @Get('/list')
      list(): Headers[] {
        throw new Error('never');
      }
    }
    for (const [controller, name] of [
      [Streams, 'Readable'],
      [Errors, 'Error'],
      [Lists, 'Headers'],
    ] as const)
      await expect(new Vivace({ controllers: [controller] }).build()).rejects.toThrow(
        `the type ${name} cannot be`,
      );
  });
});
