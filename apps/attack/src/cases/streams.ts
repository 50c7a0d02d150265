import type { Section } from '../case.js';
import { answered, holds, json, shown, type Case } from '../case.js';
import type { Target } from '../target.js';
import { request } from '../wire.js';

const MEBIBYTE = 2 ** 20;

/** Everything that the program has opened is closed. */
export async function nothingHeld(target: Target): Promise<void> {
  const { opened, closed } = await target.settled(
    (census) => JSON.stringify(census.opened) === JSON.stringify(inOrder(census)),
  );
  holds(
    Object.entries(opened).every(([name, count]) => closed[name] === count),
    `opened ${JSON.stringify(opened)}, closed ${JSON.stringify(closed)}`,
  );
}

function inOrder({ opened, closed }: { opened: object; closed: Readonly<Record<string, number>> }) {
  return Object.fromEntries(Object.keys(opened).map((name) => [name, closed[name]]));
}

const failing = (id: string, attack: string, path: string): Case =>
  answered(
    id,
    attack,
    '500, nothing told',
    [[`/failures/${path}`]],
    ({ status, body, headers }) =>
      status === 500 &&
      !/secret|circular|at /.test(body) &&
      (headers.get('content-type') ?? '').includes('json'),
  );

export const streams: Section = {
  name: 'E, X: streams, errors, aborts, leaks',
  cases: [
    {
      id: 'E01',
      attack: 'events',
      must: 'text/event-stream, no-cache',
      run: async (target) => {
        await using wire = target.wire(request('GET', '/streams/events'));
        const text = await wire.until(/data: .*\n/);
        holds(/content-type: text\/event-stream/i.test(text) && /no-cache/.test(text), text);
      },
    },
    {
      id: 'E02',
      attack: '60 readers that vanish',
      must: 'all is closed',
      run: async (target) => {
        const wires = Array.from({ length: 60 }, () =>
          target.wire(request('GET', '/streams/events')),
        );
        await Promise.all(wires.map((wire) => wire.until(/data: /)));
        for (const wire of wires) wire.reset();
        await nothingHeld(target);
      },
    },
    {
      id: 'E04',
      attack: '20 readers that never read',
      must: 'memory stays',
      run: async (target) => {
        const before = await target.census('memory');
        const wires = Array.from({ length: 20 }, () =>
          target.wire(request('GET', '/streams/endless')).stopReading(),
        );
        await target.settled(
          ({ opened }) => (opened['session'] ?? 0) > (before.opened['session'] ?? 0),
        );
        const { resident } = await target.census('memory');
        for (const wire of wires) wire.reset();
        holds(resident - before.resident < 150 * MEBIBYTE, `${resident - before.resident} bytes`);
        await nothingHeld(target);
      },
    },
    {
      id: 'E05',
      attack: 'an error in the middle',
      must: 'broken off, nothing told',
      run: async (target) => {
        await using wire = target.wire(request('GET', '/streams/breaks'));
        const text = await wire.closed();
        holds(!text.endsWith('0\r\n\r\n') && !/secret| at /.test(text), text.slice(-80));
        await nothingHeld(target);
      },
    },
    {
      id: 'E06',
      attack: 'HEAD for events',
      must: 'ends at once, all is closed',
      run: async (target) => {
        await using wire = target.wire(request('HEAD', '/streams/events', { connection: 'close' }));
        const text = await wire.closed();
        holds(/^HTTP\/1\.1 (?:200|404|405)/.test(text) && text.endsWith('\r\n\r\n'), text);
        await nothingHeld(target);
      },
    },
    {
      id: 'E07',
      attack: 'nonsense in Last-Event-ID',
      must: 'no 5xx',
      run: async (target) => {
        for (const id of ['\xff\xfe', 'x'.repeat(5000), '%00', '-1e999']) {
          await using wire = target.wire(
            request('GET', '/streams/events', { 'last-event-id': id }),
          );
          const text = await wire.until(/\r\n\r\n/);
          holds(/^HTTP\/1\.1 [24]/.test(text), text.slice(0, 60));
        }
        await nothingHeld(target);
      },
    },
    failing('X01', 'an error with a secret', 'throws/error'),
    failing('X02', 'a text is thrown', 'throws/text'),
    failing('X02', 'null is thrown', 'throws/null'),
    failing('X02', 'undefined is thrown', 'throws/undefined'),
    failing('X03', 'a circle is returned', 'circular'),
    answered(
      'X04',
      'a promise that nobody waits for rejects',
      '200, the process stays',
      [['/failures/detached']],
      ({ status }) => status === 200,
    ),
    answered(
      'X05',
      'a background task fails',
      '200, the process stays',
      [['/failures/background']],
      ({ status }) => status === 200,
    ),
    {
      id: 'X06',
      attack: 'a client that leaves a slow handler',
      must: 'its signal is aborted, all is closed',
      run: async (target) => {
        const before = await target.census();
        const wires = Array.from({ length: 20 }, () =>
          target.wire(request('GET', '/failures/slow')),
        );
        await target.settled(
          ({ opened }) => (opened['trace'] ?? 0) >= (before.opened['trace'] ?? 0) + wires.length,
        );
        for (const wire of wires) wire.reset();
        await nothingHeld(target);
        const { errors } = await target.census();
        holds(
          errors.length === before.errors.length,
          errors.slice(before.errors.length).join(', '),
        );
      },
    },
    {
      id: 'X08',
      attack: 'a handler that takes too long',
      must: '503, all is closed',
      slow: true,
      run: async (target) => {
        const answer = await target.ask('/failures/slow');
        holds(answer.status === 503, shown(answer));
        await nothingHeld(target);
      },
    },
    {
      id: 'X09',
      attack: 'a handler that throws',
      must: 'all is closed',
      run: async (target) => {
        await target.ask('/failures/throws/error');
        await nothingHeld(target);
      },
    },
    {
      id: 'X10',
      attack: '500 errors at once',
      must: 'all 500, then all is well',
      run: async (target) => {
        await target.askAll(500, async () => {
          const answer = await target.ask('/failures/throws/error');
          holds(answer.status === 500, shown(answer));
        });
      },
    },
    {
      id: 'X12',
      attack: 'many wrong passwords, from made-up addresses',
      must: '429 with Retry-After',
      ours: true,
      run: async (target) => {
        let refused = 0;
        for (let count = 0; count < 40; count += 1) {
          const answer = await target.ask('/login', {
            method: 'POST',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              'x-forwarded-for': `10.0.0.${count}`,
            },
            body: 'username=nobody&password=x',
          });
          if (answer.status === 429 && answer.headers.has('retry-after')) refused += 1;
        }
        holds(refused > 0, 'none was refused');
      },
    },
    answered(
      'X13',
      'a bug in a validator of the program',
      '500, nothing told',
      [['/failures/check', json({ name: 'bug' })]],
      ({ status, body }) => status === 500 && !body.includes('secret'),
      { ours: true },
    ),
  ],
};
