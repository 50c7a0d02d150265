import { holds, type Case } from '../case.js';
import { request } from '../wire.js';

const ours = true as const;
const MEBIBYTE = 2 ** 20;

/** Bodies that nobody reads here, and answers that nobody reads there. */
export const unread: readonly Case[] = [
  {
    id: 'H9',
    attack: '50 requests with a body that is nobody’s',
    must: 'one connection for all',
    run: async (target) => {
      const one = request('POST', '/logout', { 'content-type': 'application/json' }, '{"a":1}');
      const get = request('GET', '/items/1', {}, 'x'.repeat(1000));
      const refused = request('POST', '/nowhere', {}, 'x'.repeat(1000));
      await using wire = target.wire();
      for (let count = 1; count <= 150 && wire.open; count += 1) {
        wire.send([one, get, refused][count % 3]!);
        await wire.answers(count);
      }
      holds(wire.open, 'it was closed');
    },
  },
  {
    id: 'H9',
    attack: 'a megabyte that is nobody’s',
    must: 'closed',
    ours,
    run: async (target) => {
      await using wire = target.wire(
        request('POST', '/logout', { 'content-length': MEBIBYTE, connection: 'keep-alive' }, 'x'),
      );
      const text = await wire.closed();
      holds(text.startsWith('HTTP/1.1 200'), text.slice(0, 60));
    },
  },
  {
    id: 'H9',
    attack: 'a small body that is nobody’s and never comes',
    must: 'closed',
    slow: true,
    run: async (target) => {
      await using wire = target.wire(request('POST', '/logout', { 'content-length': 100 }, 'x'));
      const text = await wire.closed();
      holds(/^HTTP\/1\.1 [245]/.test(text), text.slice(0, 60));
    },
  },
  {
    id: 'H12',
    attack: 'a client that never reads its 20 MB',
    must: 'closed',
    ours,
    slow: true,
    run: async (target) => {
      const { open } = await target.census();
      const wires = Array.from({ length: 10 }, () =>
        target.wire(request('GET', '/streams/large')).stopReading(),
      );
      await Promise.all(wires.map((wire) => wire.opened()));
      await target.settled((census) => census.open > open);
      const until = Date.now() + target.timeouts.stall * 1000 + 10_000;
      let left = Infinity;
      while (left > open && Date.now() < until)
        left = (await target.settled((c) => c.open <= open)).open;
      for (const wire of wires) wire.reset();
      holds(left <= open, `${left - open} are kept`);
    },
  },
  {
    id: 'H12',
    attack: 'a reader of events of which there are none for a while',
    must: 'kept',
    slow: true,
    ours,
    run: async (target) => {
      await using wire = target.wire(request('GET', '/streams/quiet'));
      await wire.until(/data: /);
      await new Promise((resolve) => setTimeout(resolve, target.timeouts.stall * 2500));
      holds(wire.open, 'it was closed');
    },
  },
  {
    id: 'H12',
    attack: '20,000 requests in one piece, of which no answer is read',
    must: 'memory stays',
    run: async (target) => {
      const before = await target.census('memory');
      const wire = target.wire().stopReading();
      wire.send(request('GET', '/streams/page').repeat(20_000));
      // Who begins all that it has read has done so when it answers the first census after it.
      await target.settled(({ opened }) => (opened['trace'] ?? 0) > (before.opened['trace'] ?? 0));
      let most = 0;
      for (let look = 0; look < 10; look += 1)
        most = Math.max(most, (await target.census('memory')).held - before.held);
      wire.reset();
      holds(most < 30 * MEBIBYTE, `${Math.round(most / MEBIBYTE)} MiB`);
    },
  },
  {
    id: 'H12',
    attack: '200 requests in one piece, the first of which is slow',
    must: 'few are begun',
    ours,
    run: async (target) => {
      const before = (await target.census()).opened['trace'] ?? 0;
      const wire = target.wire(request('GET', '/failures/slow').repeat(200));
      const { opened } = await target.settled((census) => (census.opened['trace'] ?? 0) > before);
      wire.reset();
      const begun = (opened['trace'] ?? 0) - before;
      holds(begun > 0 && begun <= 16, `${begun} were begun`);
    },
  },
];
