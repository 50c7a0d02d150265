import { setTimeout as delay } from 'node:timers/promises';
import type { Section } from '../case.js';
import { holds, json, refused, shown } from '../case.js';
import type { Target } from '../target.js';
import { request, type Wire } from '../wire.js';
import { hostileTexts } from './hostile-texts.js';
import { nothingHeld } from './streams.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const KEYED = { ...JSON_TYPE, 'x-key': 'good' };
const FORM = { 'content-type': 'multipart/form-data; boundary=x' };

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
    ...hostileTexts,
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
