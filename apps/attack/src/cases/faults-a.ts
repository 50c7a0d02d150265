import { setTimeout as delay } from 'node:timers/promises';
import type { Section } from '../case.js';
import { answered, holds, json, refused, shown, type Case } from '../case.js';
import type { Target } from '../target.js';
import { request, type Wire } from '../wire.js';
import { nothingHeld } from './streams.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const KEYED = { ...JSON_TYPE, 'x-key': 'good' };
const FORM = { 'content-type': 'multipart/form-data; boundary=x' };
const LONG = 60_000;

/** Half of a body, after which the client waits. */
const half = (path: string, headers: Record<string, string>, sent = '{"n":'): string =>
  request('POST', path, { ...headers, 'content-length': 100 }, sent);

/** Waits until so many more are open, or as many more as the server opens at all. */
async function openedMore(target: Target, name: string, count: number): Promise<void> {
  const before = (await target.census()).opened[name] ?? 0;
  await target.settled(({ opened }) => (opened[name] ?? 0) >= before + count);
}

/** Clients that stop within a body whose guard has opened a session. */
async function stalled(target: Target, count: number): Promise<readonly Wire[]> {
  const opening = openedMore(target, 'session', count);
  const wires = Array.from({ length: count }, () => target.wire(half('/failures/guarded', KEYED)));
  await opening;
  return wires;
}

async function noErrors(target: Target, attack: () => Promise<void>): Promise<void> {
  const before = (await target.census()).errors.length;
  await attack();
  const errors = (await target.census()).errors.slice(before);
  holds(errors.length === 0, `logged: ${errors.join(', ')}`);
}

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

export const faultsA: Section = {
  name: 'A1 to A7: one client hurts the others',
  cases: [
    {
      id: 'A1',
      attack: 'guards have opened a session; the body stops half way',
      must: '408, the sessions are closed',
      ours: true,
      slow: true,
      run: async (target) => {
        const wires = await stalled(target, 4);
        for (const wire of wires) {
          const [answer] = await wire.answers(1);
          holds(answer?.status === 408, answer === undefined ? 'no answer' : shown(answer));
        }
        await nothingHeld(target);
      },
    },
    {
      id: 'A1',
      attack: 'the same, and the client leaves',
      must: 'the sessions are closed',
      ours: true,
      run: async (target) => {
        await noErrors(target, async () => {
          for (const wire of await stalled(target, 4)) wire.reset();
          await nothingHeld(target);
        });
      },
    },
    {
      id: 'A1',
      attack: 'the same in a body that the handler reads',
      must: 'the sessions are closed',
      ours: true,
      run: async (target) => {
        await noErrors(target, async () => {
          const opening = openedMore(target, 'session', 4);
          const wires = Array.from({ length: 4 }, () => target.wire(half('/bodies/held', {})));
          await opening;
          for (const wire of wires) wire.reset();
          await nothingHeld(target);
        });
      },
    },
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
          for (const sign of [
            ...SIGNS.filter((one) => one !== '\n'),
            'a=',
            'a;',
            'a=";',
            '"',
            '\\',
          ])
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
    {
      id: 'A6',
      attack: 'a body that arrives for longer than a handler may take',
      must: '200',
      ours: true,
      slow: true,
      run: async (target) => {
        const { handler, request: whole } = target.timeouts;
        const seconds = (handler + whole) / 2;
        const form = `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--x--\r\n`;
        const bodies: readonly (readonly [path: string, headers: object, body: string])[] = [
          ['/slow-bodies/form', FORM, form],
          ['/slow-bodies/stream', {}, 'x'.repeat(40)],
          ['/slow-bodies/json', JSON_TYPE, `{"n":1}${' '.repeat(30)}`],
        ];
        if (seconds >= whole) return;
        await Promise.all(
          bodies.map(async ([path, headers, body]) => {
            await using wire = target.wire(
              request('POST', path, { ...headers, 'content-length': body.length }),
            );
            for (const piece of body.match(
              new RegExp(`[^]{1,${Math.ceil(body.length / 12)}}`, 'g'),
            )!) {
              wire.send(piece);
              await delay((seconds * 1000) / 12);
            }
            const [answer] = await wire.answers(1);
            holds(answer?.status === 200, answer === undefined ? 'no answer' : shown(answer));
          }),
        );
      },
    },
    {
      id: 'A6',
      attack: 'a body that drips for longer than a request may take',
      must: '408',
      slow: true,
      run: async (target) => {
        for (const [path, headers] of [
          ['/slow-bodies/json', JSON_TYPE],
          ['/slow-bodies/stream', {}],
          ['/slow-bodies/form', FORM],
        ] as const) {
          await using wire = target.wire(half(path, headers, '--x\r\n'));
          const dripping = setInterval(() => wire.send('x'), target.timeouts.stall * 200);
          const [answer] = await wire.answers(1);
          clearInterval(dripping);
          holds(answer?.status === 408, answer === undefined ? 'no answer' : shown(answer));
        }
      },
    },
    {
      id: 'A6',
      attack: 'uploads that clients break off',
      must: 'no error of the program is logged',
      ours: true,
      run: async (target) => {
        await noErrors(target, async () => {
          for (const path of ['/upload', '/slow-bodies/form', '/slow-bodies/stream', '/form']) {
            for (let count = 0; count < 10; count += 1) {
              const wire = target.wire(
                half(
                  path,
                  FORM,
                  '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx',
                ),
              );
              await wire.flushed();
              await wire.opened();
              if (count % 2 === 0) wire.reset();
              else wire.end();
            }
          }
          await target.ask('/items/1');
          await nothingHeld(target);
        });
      },
    },
    {
      id: 'A7',
      attack: 'no key where the controller needs a session too',
      must: '401, no session is opened',
      ours: true,
      run: async (target) => {
        const before = (await target.census()).opened['session'] ?? 0;
        const answer = await target.ask('/failures/guarded', json({ n: 1 }));
        holds(answer.status === 401, shown(answer));
        const after = (await target.census()).opened['session'] ?? 0;
        holds(after === before, `${after - before} were opened`);
      },
    },
    {
      id: 'A7',
      attack: 'a body that does not fit',
      must: '422, no session is opened',
      ours: true,
      run: async (target) => {
        const before = (await target.census()).opened['session'] ?? 0;
        const answer = await target.ask('/failures/late', json({ n: 'x' }));
        holds(answer.status === 422, shown(answer));
        const after = (await target.census()).opened['session'] ?? 0;
        holds(after === before, `${after - before} were opened`);
      },
    },
    {
      id: 'A7',
      attack: 'a slow body where only the handler needs a session',
      must: 'none is opened meanwhile',
      ours: true,
      run: async (target) => {
        const before = (await target.census()).opened['session'] ?? 0;
        await using wire = target.wire(half('/failures/late', JSON_TYPE));
        await wire.opened();
        await target.ask('/items/1');
        const after = (await target.census()).opened['session'] ?? 0;
        holds(after === before, `${after - before} were opened`);
      },
    },
    refused(
      'A8',
      'WebSocket messages and bodies 65 deep',
      [['/values/tree', json('{"left":'.repeat(65) + '{}' + '}'.repeat(65))]],
      { ours: true },
    ),
  ],
};
