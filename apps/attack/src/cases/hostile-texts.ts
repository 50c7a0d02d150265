import { answered, holds, json, shown, type Case } from '../case.js';

const LONG = 60_000;

const SIGNS = [
  '0',
  '9',
  '.',
  '-',
  '/',
  ':',
  ' ',
  '+',
  'a',
  '@',
  '[',
  ']',
  '\n',
  '\t',
  '%',
  '(',
  ',',
];
const STARTS: Readonly<Record<string, readonly string[]>> = {
  link: ['', 'http://', 'http://a.', 'http://[', 'http://a/'],
  long: ['', 'P', 'PT', 'P1', '1 day, '],
  sum: ['', '0.', '-', '1e'],
  rate: ['', '0.', '-'],
  moment: ['', '2024-01-01T00:00:00.'],
  day: ['', '2024-'],
  hour: ['', '10:'],
  written: ['', '2024-01-01T00:00:00.'],
  address: ['', '::', '1.'],
  id: ['', '0000'],
  mail: ['', 'a@', '"', 'a@b.', '<'],
  count: ['', '-', '0.'],
  big: ['', '-'],
  part: ['a-', 'a-1-', ''],
};

/** Texts of one sign in every field at once: they take longer the longer they are, but no more than that. */
const hostile: Case = {
  id: 'A2',
  attack: `${Object.keys(STARTS).length} kinds of texts, each 60 KB of one sign`,
  must: 'answered, no 5xx, at once',
  ours: true,
  run: async (target) => {
    for (let which = 0; which < 5; which += 1)
      for (const sign of SIGNS)
        for (const end of ['', '\n', 'x']) {
          const texts = Object.entries(STARTS).map(([field, starts]) => [
            field,
            starts[which % starts.length]! + sign.repeat(LONG) + end,
          ]);
          const answer = await target.ask('/values/texts', json(Object.fromEntries(texts)));
          holds(answer.status < 500, `${JSON.stringify(sign)}: ${shown(answer)}`);
        }
  },
};

/** Texts and bodies that hold up, confuse or fill whoever reads them. */
export const hostileTexts: readonly Case[] = [
  hostile,
  {
    id: 'A2',
    attack: 'GET /values/ and 2,000 dashes, beside /:a-:b-:c',
    must: '404 or 405 at once',
    run: async (target) => {
      for (const sign of ['-', '--', 'a-', '/-'])
        for (const end of ['/x', '/', '']) {
          const answer = await target.ask(`/values/${sign.repeat(4000)}${end}`);
          holds(answer.status < 500, shown(answer));
        }
    },
  },
  {
    id: 'A2',
    attack: 'headers of 15 KB of one sign',
    must: 'answered, no 5xx, at once',
    run: async (target) => {
      const names = [
        'accept',
        'accept-encoding',
        'accept-language',
        'authorization',
        'content-type',
        'cookie',
        'forwarded',
        'host',
        'if-none-match',
        'last-event-id',
        'origin',
        'range',
        'x-forwarded-for',
        'x-request-id',
      ];
      for (const name of names)
        for (const sign of [...SIGNS.filter((one) => one !== '\n'), 'a=', 'a;', 'a=";', '"', '\\'])
          for (const [path, method] of [
            ['/static/plain.txt', 'GET'],
            ['/session/note', 'POST'],
          ]) {
            const value = sign.repeat(Math.floor(15_000 / sign.length)) + 'x';
            const answer = await target.ask(path!, {
              method: method!,
              headers: { [name]: value },
            });
            holds(answer.status < 500, `${name}: ${sign}: ${shown(answer)}`);
          }
    },
  },
  answered(
    'A3',
    '140,000 numbers that have to be unique',
    'answered at once',
    [['/values/numbers', json({ numbers: Array.from({ length: 140_000 }, (_, n) => n) })]],
    ({ status }) => status === 200 || status === 422,
    { ours: true },
  ),
  answered(
    'A3',
    'a tree of alike DTOs, 18 to 60 deep, right and wrong',
    'answered at once, no 5xx',
    [18, 30, 60].flatMap((depth) =>
      ['{}', '1', '{"name":1}'].map((end) => [
        '/values/tree',
        json('{"left":'.repeat(depth) + end + '}'.repeat(depth)),
      ]),
    ),
    ({ status }) => status < 500,
    { ours: true },
  ),
  {
    id: 'A4',
    attack: 'line breaks, NUL, half characters, U+2028, RTL marks in every reader',
    must: '4xx or read, no 5xx',
    ours: true,
    run: async (target) => {
      const marks = ['%0A', '%0D', '%00', '%E2%80%A8', '%E2%80%AE', '%ED%A0%80', '%F0%9F%98%80'];
      const values: Record<string, string> = {
        moment: '2024-01-01T00:00:00Z',
        day: '2024-01-01',
        long: '10:20:30',
        sum: '1.5',
        link: 'http://a.b/',
        hour: '10:20:30',
        written: '2024-01-01T00:00:00',
        address: '1.2.3.4',
        id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
        mail: 'a@b.co',
        part: 'a-1-x-b',
      };
      for (const [name, value] of Object.entries(values))
        for (const mark of marks)
          for (const text of [
            value + mark,
            mark + value,
            value.slice(0, 4) + mark + value.slice(4),
          ]) {
            const answer = await target.ask(`/values/exact?${name}=${text}`);
            holds(answer.status < 500, `${name}=${text}: ${shown(answer)}`);
          }
    },
  },
  answered(
    'A5',
    '3 MB through stream() and body() where 1,000 bytes may be',
    '413',
    ['/bodies/stream', '/bodies/bytes'].map((path) => [
      path,
      { method: 'POST', body: 'x'.repeat(3_000_000) },
    ]),
    ({ status }) => status === 413,
    { ours: true },
  ),
  {
    id: 'A5',
    attack: 'the same without saying how much it is',
    must: '413',
    ours: true,
    run: async (target) => {
      for (const path of ['/bodies/stream', '/bodies/bytes']) {
        await using wire = target.wire(
          `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`,
        );
        for (let sent = 0; wire.open && sent < 50; sent += 1) {
          wire.send(`10000\r\n${'x'.repeat(65_536)}\r\n`);
          await wire.flushed();
        }
        const [answer] = await wire.answers(1);
        holds(answer?.status === 413, answer === undefined ? 'no answer' : shown(answer));
      }
    },
  },
];
