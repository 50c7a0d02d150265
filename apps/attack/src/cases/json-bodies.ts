import type { Answer } from '../wire.js';
import type { Section } from '../case.js';
import {
  answered,
  holds,
  isRefused,
  json,
  refused,
  shown,
  survived,
  type Request,
} from '../case.js';

const ITEM = { name: 'n', price: 1 };
const post = (...values: readonly unknown[]): Request[] =>
  values.map((value) => ['/items', json(value)]);
const withItem = (...more: readonly object[]): Request[] =>
  post(...more.map((one) => ({ ...ITEM, ...one })));
const typed = (type: string, value: unknown = { name: 1 }): Request => [
  '/items',
  json(value, { 'content-type': type }),
];

/** Refused, or what was added is gone. */
const dropped = (answer: Answer): boolean =>
  isRefused(answer) || (answer.status < 500 && !answer.body.includes('isAdmin'));

export const jsonBodies: Section = {
  name: 'J: JSON bodies',
  cases: [
    refused('J02', 'no JSON', post('{"name"', '{name:1}', "{'name':1}", 'x')),
    refused('J03', 'null, true, 1, a text', post('null', 'true', '1', '"text"')),
    refused('J04', 'a list', post([], [ITEM])),
    refused('J05', 'two values', post('{"name":"n","price":1} {}')),
    answered(
      'J06',
      '__proto__ beside what is right',
      'dropped or 4xx',
      post('{"name":"n","price":1,"__proto__":{"isAdmin":true}}'),
      dropped,
    ),
    answered(
      'J07',
      'constructor.prototype',
      'dropped or 4xx',
      post('{"name":"n","price":1,"constructor":{"prototype":{"isAdmin":true}}}'),
      dropped,
    ),
    answered(
      'J08',
      '__proto__ further in',
      'dropped or 4xx',
      post(
        '{"name":"n","price":1,"address":{"street":"s","city":"c","__proto__":{"isAdmin":true}}}',
      ),
      dropped,
    ),
    refused('J09', 'what is wrong beside __proto__', post('{"name":1,"__proto__":{}}')),
    refused('J10', 'what is wrong beside constructor', post('{"name":1,"constructor":"x"}')),
    refused('J12', '100,000 lists in each other', post('['.repeat(1e5) + ']'.repeat(1e5))),
    survived(
      'J13',
      '20,000 objects in each other, under an unknown key',
      post(`{"name":"n","price":1,"x":${'{"a":'.repeat(2e4)}1${'}'.repeat(2e4)}}`),
    ),
    answered(
      'J14',
      '100,000 tags where ten may be',
      '4xx, a small answer',
      withItem({ tags: Array.from({ length: 1e5 }, () => 1) }),
      (answer) => isRefused(answer) && answer.body.length < 20_000,
    ),
    answered(
      'J16',
      'a byte over the limit',
      '413',
      post(JSON.stringify(ITEM).padEnd(2 ** 20 + 1)),
      ({ status }) => status === 413,
    ),
    {
      id: 'J17',
      attack: 'a chunked body over the limit',
      must: '413 or closed',
      run: async (target) => {
        await using wire = target.wire(
          'POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
        for (let sent = 0; wire.open && sent < 40; sent += 1) {
          wire.send(chunk);
          await wire.flushed();
        }
        const text = await wire.closed();
        holds(text === '' || text.startsWith('HTTP/1.1 413'), text.slice(0, 60));
      },
    },
    {
      id: 'J18',
      attack: '200 MB without an end',
      must: 'cut off, memory stays',
      run: async (target) => {
        const before = await target.census('memory');
        await using wire = target.wire(
          'POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        const chunk = `100000\r\n${' '.repeat(2 ** 20)}\r\n`;
        let sent = 0;
        for (; wire.open && sent < 200; sent += 1) {
          wire.send(chunk);
          await wire.flushed();
        }
        holds(sent < 200, `${sent} MB were taken`);
        const { resident } = await target.census('memory');
        holds(resident - before.resident < 100 * 2 ** 20, `${resident - before.resident} bytes`);
      },
    },
    refused('J20', 'an unknown content encoding', [
      ['/items', json(ITEM, { 'content-encoding': 'unknown' })],
    ]),
    refused('J21', 'no content type', [['/items', json(ITEM, { 'content-type': undefined })]]),
    refused('J22', 'JSON as text/plain', [typed('text/plain', ITEM)]),
    refused('J24', 'a content type behind blanks', [typed('  application/json')]),
    refused('J25', '"application/json garbage"', [typed('application/json garbage')]),
    refused('J26', '"APPLICATION/JSON ;charset=UTF-8"', [typed('APPLICATION/JSON ;charset=UTF-8')]),
    refused('J27', '"application/vnd.evil+json"', [typed('application/vnd.evil+json')]),
    refused('J28', 'two content types', [
      ['/items', json({ name: 1 }, { 'Content-Type': 'text/plain' })],
    ]),
    refused('J30', 'no UTF-8 in a text', [
      ['/items', { ...json(''), body: '{"name":"\xff\xfe","price":1}' }],
    ]),
    survived('J31', 'a key twice', post('{"name":"n","name":"m","price":1}')),
    refused('J32', 'price: 1e400', post('{"name":"n","price":1e400}')),
    refused(
      'J33',
      'price: NaN, -Infinity',
      post('{"name":"n","price":NaN}', '{"name":"n","price":-Infinity}'),
    ),
    answered(
      'J34',
      'qty: 2^53 + 1',
      '4xx, or the same comes back',
      post('{"name":"n","price":1,"qty":9007199254740993}'),
      (answer) => isRefused(answer) || answer.body.includes('9007199254740993'),
    ),
    refused(
      'J36',
      'a text for a number, where types are strict',
      withItem({ price: '1.5' }, { price: '' }),
    ),
    refused(
      'J37',
      'true for a number, a number for a text',
      withItem({ price: true }, { name: 1 }),
    ),
    survived('J39', 'half a character', post('{"name":"\\ud800","price":1}')),
    refused(
      'J41',
      'an object for a text',
      withItem({ name: { toString: 1 } }, { name: { length: 5 } }),
    ),
    refused('J42', 'a list for a text', withItem({ name: ['a'] })),
    refused('J43', 'what looks like a list', withItem({ tags: { length: 3 } }, { tags: 'abc' })),
    refused('J44', 'a list for an object', withItem({ address: [] }, { address: [{}] })),
    refused('J45', 'a wrong object inside', withItem({ address: {} }, { address: 'x' })),
    survived(
      'J47',
      'an e-mail address of 40 KB',
      withItem(
        { email: `${'a'.repeat(40_000)}@` },
        { email: `a@${'a.'.repeat(20_000)}` },
        { email: `"${'\\'.repeat(40_000)}"@a.b` },
      ),
    ),
    refused('J49', 'days that are none', withItem({ when: '2024-13-45' }, { when: '2024-02-30' })),
    answered(
      'J50',
      'a secret in what is wrong',
      '4xx without it',
      [
        ...withItem({ price: 'x', password: 'hunter2-hunter2' }, { password: ['hunter2-hunter2'] }),
        ['/items', json([{ password: 'hunter2-hunter2' }])],
        ['/items', { ...json({ password: 'hunter2-hunter2' }, { 'content-type': 'text/plain' }) }],
      ],
      (answer) => isRefused(answer) && !answer.body.includes('hunter2'),
    ),
    survived(
      'J51',
      '50,000 unknown keys',
      withItem(Object.fromEntries(Array.from({ length: 5e4 }, (_, key) => [String(key), 1]))),
    ),
    survived('J52', '900 KB of blanks', post(JSON.stringify(ITEM).padStart(9e5))),
    refused(
      'J53',
      'names that are too long, empty, blank',
      withItem({ name: 'n'.repeat(51) }, { name: '' }, { name: '   ' }),
    ),
    survived('J54', 'a byte order mark', post(`\ufeff${JSON.stringify(ITEM)}`)),
    refused('J55', 'a form for JSON', [
      [
        '/items',
        { ...json('name=n&price=1', { 'content-type': 'application/x-www-form-urlencoded' }) },
      ],
    ]),
    {
      id: 'J56',
      attack: '1 MiB of 120,000 short keys',
      must: 'others are answered meanwhile',
      run: async (target) => {
        const keys = Array.from({ length: 119_000 }, (_, key) => `"${key.toString(36)}":1`);
        const body = `{"name":"n","price":1,${keys.join()}}`.slice(0, 2 ** 20);
        const [first, other] = await Promise.all([
          target.ask('/items', json(body)),
          target.ask('/items/1'),
        ]);
        holds(first.status < 500 && other.status === 200, `${shown(first)}, ${shown(other)}`);
      },
    },
  ],
};
