import { ArrayMaxSize, IsEmail, MaxLength, Min, MinLength, ValidateNested } from 'class-validator';
import { Body, Controller, Model, Post, Secret, Vivace, int, type Server } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { request, Wire } from './raw';

class Maker {
  @MinLength(1) name!: string;
}
class Item {
  @MinLength(1) @MaxLength(50) name!: string;
  @Min(0) price: number = 0;
  qty: int = 1;
  @ArrayMaxSize(10) tags: string[] = [];
  @ValidateNested() maker?: Maker;
  @IsEmail() email: string = 'a@example.com';
  when: Date = new Date(0);
}
@Model({ strict: true })
class Exact {
  price!: number;
  name!: string;
}
class Login {
  @MinLength(10) password!: Secret;
}
class Tree {
  children: Tree[] = [];
}

@Controller()
class Api {
  @Post('/items')
  create(item: Item): Item {
    return item;
  }
  @Post('/exact')
  exact(item: Exact): Exact {
    return item;
  }
  @Post('/login')
  login(login: Login): null {
    void login;
    return null;
  }
  @Post('/tree')
  tree(tree: Tree): int {
    return tree.children.length;
  }
  @Post('/any')
  any(@Body() value: unknown): unknown {
    return value;
  }
}

let client: TestClient;
beforeAll(async () => {
  client = await testClient(new Vivace({ controllers: [Api] }));
});
afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
});
afterAll(() => client.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (
  body: string | Uint8Array,
  path = '/items',
  headers: Record<string, string> = JSON_TYPE,
) => client.post(path, { body, headers });
const valid = (more: string): string => `{"name":"a",${more}}`;

describe('a JSON body', () => {
  it.each([
    ['J02 that is not JSON', '{"name":'],
    ['J03 null', 'null'],
    ['J03 true', 'true'],
    ['J03 a number', '1'],
    ['J03 a text', '"name"'],
    ['J04 a list', '[{"name":"a"}]'],
    ['J05 with something after it', '{"name":"a"} {}'],
    ['J09 without a field, with a prototype', '{"__proto__":{"name":"a"}}'],
    ['J10 without a field, with a constructor', '{"constructor":{"name":"Item"}}'],
    ['J14 with a list of 100,000', valid(`"tags":[${'"a",'.repeat(99_999)}"a"]`)],
    ['J32 with a number beyond all', valid('"price":1e400')],
    ['J33 with NaN', valid('"price":NaN')],
    ['J33 with infinity', valid('"price":-Infinity')],
    ['J34 with an integer that would be rounded', valid('"qty":9007199254740993')],
    ['J41 with an object for a text', '{"name":{"toString":1}}'],
    ['J41 with something like a text', '{"name":{"length":5}}'],
    ['J42 with a list for a text', '{"name":["a"]}'],
    ['J43 with something like a list', valid('"tags":{"length":3}')],
    ['J43 with a text for a list', valid('"tags":"abc"')],
    ['J44 with a list for an object', valid('"maker":[]')],
    ['J44 with a list of it for an object', valid('"maker":[{"name":"a"}]')],
    ['J45 with an object that does not fit', valid('"maker":{"name":""}')],
    ['J45 with a text for an object', valid('"maker":"a"')],
    [
      'J47 with an address of 40 KB',
      valid(`"email":"${'a'.repeat(20_000)}@${'a.'.repeat(10_000)}"`),
    ],
    ['J49 with a date that is none', valid('"when":"2024-02-30T00:00:00Z"')],
    ['J49 with a month that is none', valid('"when":"2024-13-45"')],
    ['J53 with a text of 51', `{"name":"${'a'.repeat(51)}"}`],
    ['J53 with an empty text', '{"name":""}'],
  ])('%s is refused with a small answer', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBe(422);
    expect(response.body.length).toBeLessThan(10_000);
  });

  it.each([
    ['J06 a prototype', valid('"__proto__":{"isAdmin":true}')],
    ['J07 a constructor', valid('"constructor":{"prototype":{"isAdmin":true}}')],
    ['J08 one deep inside', valid('"maker":{"name":"b","__proto__":{"isAdmin":true}}')],
    [
      'J51 50,000 fields that nobody knows',
      valid(Array.from({ length: 50_000 }, (_, index) => `"k${index}":1`).join()),
    ],
    [
      'J56 120,000 short ones',
      valid(
        Array.from({ length: 120_000 }, (_, index) => `"${index.toString(36)}":1`).join(),
      ).slice(0, 1_000_000),
    ],
  ])('with %s has only its declared fields, or none', async (name, body) => {
    const response = await post(body);
    expect(response.status).toBe(name.startsWith('J56') ? 422 : 200);
    expect(response.text).not.toContain('isAdmin');
  });

  it('J12, J13 is nested 64 levels deep at most', async () => {
    const tree = (depth: number): string => '{"children":['.repeat(depth) + ']}'.repeat(depth);
    expect((await post(tree(32), '/tree')).status).toBe(200);
    const deep = [
      tree(33),
      tree(40_000),
      '['.repeat(100_000),
      `{"x":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    ];
    for (const body of deep) {
      const response = await post(body, '/tree');
      expect([response.status, response.json()]).toEqual([
        400,
        { detail: 'The body is nested more than 64 levels deep.' },
      ]);
    }
    const flat = `[${'{"a":[1]},'.repeat(1000)}"${'['.repeat(100)}\\"{"]`;
    expect((await post(flat, '/any')).status).toBe(200);
  });

  it('J30, J39, J54 is UTF-8: invalid bytes are refused, a byte order mark and half a pair are not', async () => {
    const invalid = await post(
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    );
    expect([invalid.status, invalid.json()]).toEqual([
      400,
      { detail: 'There was an error parsing the body' },
    ]);
    expect((await post('\ufeff{"name":"a"}')).json()).toMatchObject({ name: 'a' });
    expect((await post('{"name":"\\ud800"}')).text).toContain('"name":"\\ud800"');
  });

  it('J31 with a key twice has the last one, J52 may begin with blanks', async () => {
    expect((await post('{"name":"a","name":"b"}')).json()).toMatchObject({ name: 'b' });
    expect((await post(`${' '.repeat(900_000)}{"name":"a"}`)).status).toBe(200);
  });

  it('J36, J37 is converted as pydantic does, and not at all where it is strict', async () => {
    for (const price of ['"1.5"', 'true', '""'])
      expect((await post(`{"name":"a","price":${price}}`, '/exact')).status).toBe(422);
    expect((await post('{"name":1,"price":1}', '/exact')).status).toBe(422);
    for (const price of ['""', 'null', '[5]', '{}'])
      expect((await post(valid(`"price":${price}`))).status).toBe(422);
  });

  it('J50 that holds a secret which does not fit is not repeated', async () => {
    const response = await post('{"password":"hunter2"}', '/login');
    expect(response.status).toBe(422);
    expect(response.text).not.toContain('hunter2');
  });
});

describe('the content type of a body', () => {
  it.each([
    'text/plain',
    'application/json garbage',
    'application/x-www-form-urlencoded',
    'json',
    'multipart/form-data; boundary=x',
  ])('J21, J22, J25, J55 that is not JSON makes it none: %s', async (type) => {
    expect((await post('{"name":"a"}', '/items', { 'content-type': type })).status).toBe(422);
    expect((await post('{"name":"a"}', '/items', {})).status).toBe(422);
  });

  it.each([
    ' application/json',
    'APPLICATION/JSON ;charset=UTF-8',
    'application/vnd.evil+json',
    'application/json\t; a=b',
  ])('J24, J26, J27 that is JSON in other words leads to the same checks: "%s"', async (type) => {
    expect((await post('{"name":"a"}', '/items', { 'content-type': type })).status).toBe(200);
    expect((await post('{"name":""}', '/items', { 'content-type': type })).status).toBe(422);
  });

  it('J20 with an encoding that nobody undoes is refused', async () => {
    const response = await post('{"name":"a"}', '/items', {
      ...JSON_TYPE,
      'content-encoding': 'gzip',
    });
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(
      (await post('{"name":"a"}', '/items', { ...JSON_TYPE, 'content-encoding': 'identity' }))
        .status,
    ).toBe(200);
  });
});

describe('a body on the wire', () => {
  let server: Server;
  beforeAll(async () => {
    server = await new Vivace({ controllers: [Api] }).listen({ port: 0, handleSignals: false });
  });
  afterAll(() => server.close());

  it('J16, J17 has 1 MiB at most, announced or not', async () => {
    const text = JSON.stringify('x'.repeat(1024 * 1024 - 2));
    await using wire = new Wire(server);
    const exact = await wire.send(request('POST', '/any', JSON_TYPE, text)).answers(1);
    expect(exact[0]![0]).toBe(200);
    await using announced = new Wire(server);
    expect(
      await announced
        .send(request('POST', '/any', { ...JSON_TYPE, 'content-length': text.length + 1 }))
        .answers(1),
    ).toEqual([[413, '{"detail":"Content Too Large"}']]);
    await using chunked = new Wire(server);
    chunked.send(request('POST', '/any', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }));
    chunked.send(`${(text.length + 1).toString(16)}\r\n`, text, ' \r\n');
    expect(await chunked.answers(1)).toEqual([[413, '{"detail":"Content Too Large"}']]);
  });

  it('may come byte by byte', async () => {
    await using wire = new Wire(server);
    wire.send(request('POST', '/any', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }));
    for (const character of '{"a":1}') wire.send(`1\r\n${character}\r\n`);
    expect(await wire.send('0\r\n\r\n').answers(1)).toEqual([[200, '{"a":1}']]);
  });

  it('J28 with two content types is checked by one of them', async () => {
    await using wire = new Wire(server);
    const twice = 'Content-Type: application/json\r\nContent-Type: text/plain';
    const [answer] = await wire
      .send(`POST /items HTTP/1.1\r\nHost: a\r\n${twice}\r\nContent-Length: 11\r\n\r\n{"name":""}`)
      .answers(1);
    expect(answer![0]).toBe(422);
  });
});
