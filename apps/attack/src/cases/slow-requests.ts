import { answered, holds, shown, type Case } from '../case.js';
import { answersIn, request } from '../wire.js';

const START = 'POST /items HTTP/1.1\r\nHost: a\r\n';
const GET = 'GET /items/1 HTTP/1.1\r\nHost: a\r\n';
const ITEM = '{"name":"n","price":1}';
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** What a connection carries that goes on too slowly, or where another request seems to begin. */
export const slowRequests: readonly Case[] = [
  {
    id: 'H29',
    attack: 'a chunked body that breaks off',
    must: 'no 2xx',
    run: async (target) => {
      await using wire = target
        .wire(`${START}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n`)
        .end();
      const text = await wire.closed();
      holds(!text.startsWith('HTTP/1.1 2'), text.slice(0, 60));
    },
  },
  {
    id: 'H31',
    attack: 'headers that never end (slowloris)',
    must: 'closed with 408',
    slow: true,
    run: async (target) => {
      await using wire = target.wire('GET / HTTP/1.1\r\nHost: a\r\nX-A: ');
      const dripping = setInterval(() => wire.send('b'), 100);
      try {
        const [answer] = answersIn(await wire.closed());
        holds(answer === undefined || answer.status === 408, shown(answer!));
      } finally {
        clearInterval(dripping);
      }
    },
  },
  {
    id: 'H32',
    attack: '10 of 1,000 bytes, then silence',
    must: 'closed with 408',
    slow: true,
    run: async (target) => {
      await using wire = target.wire(`${START}${JSON_TYPE}Content-Length: 1000\r\n\r\n{"name":"n`);
      const [answer] = answersIn(await wire.closed());
      holds(answer?.status === 408, answer === undefined ? 'no answer' : shown(answer));
    },
  },
  {
    id: 'H34',
    attack: '150 slow connections',
    must: 'others are answered',
    run: async (target) => {
      const slow = Array.from({ length: 150 }, () => target.wire('GET / HTTP/1.1\r\nHost'));
      await Promise.all(slow.map((wire) => wire.opened()));
      await target.askAll(20, async (index) => {
        const answer = await target.ask(`/items/${index}`);
        holds(answer.status === 200, shown(answer));
      });
      for (const wire of slow) wire.reset();
    },
  },
  {
    id: 'H35',
    attack: '50 requests in one piece',
    must: '50 answers in order',
    run: async (target) => {
      const sent = Array.from({ length: 50 }, (_, index) => request('GET', `/items/${index}`));
      await using wire = target.wire(sent.join(''));
      const ids = (await wire.answers(50)).map(
        ({ body }) => (JSON.parse(body) as { id: number }).id,
      );
      holds(ids.join() === Array.from({ length: 50 }, (_, id) => id).join(), ids.join());
    },
  },
  {
    id: 'H37',
    attack: 'Expect: 100-continue with too large a body',
    must: '413 or 417, not asked for',
    run: async (target) => {
      await using wire = target.wire(
        `${START}${JSON_TYPE}Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n`,
      );
      const text = await wire.until(/\r\n\r\n/);
      holds(/^HTTP\/1\.1 41[37]/.test(text), text.slice(0, 60));
    },
  },
  {
    id: 'H38',
    attack: 'Expect: nonsense',
    must: '417 or ignored',
    run: async (target) => {
      await using wire = target.wire(`${GET}Expect: nonsense\r\nConnection: close\r\n\r\n`);
      const [answer] = await wire.answers(1);
      holds(answer?.status === 417 || answer?.status === 200, wire.received.slice(0, 60));
    },
  },
  answered(
    'H39',
    'Upgrade: h2c on an ordinary route',
    'answered',
    [['/items/1', { headers: { connection: 'Upgrade, close', upgrade: 'h2c,foo' } }]],
    ({ status }) => status < 500,
  ),
  {
    id: 'H40',
    attack: 'HEAD',
    must: 'no body',
    run: async (target) => {
      await using wire = target.wire(
        'HEAD /items/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      );
      const text = await wire.closed();
      holds(/^HTTP\/1\.1 (?:200|404|405)/.test(text) && text.endsWith('\r\n\r\n'), text);
    },
  },
  {
    id: 'H41',
    attack: 'GET with a body that is a request',
    must: 'it is a body',
    run: async (target) => {
      await using wire = target.wire(
        request('GET', '/items/1', {}, 'GET /items/7 HTTP/1.1\r\nHost: a\r\n\r\n'),
        request('GET', '/items/2'),
      );
      const ids = (await wire.answers(2)).map(({ body }) => body);
      holds(/"id":1\b/.test(ids[0] ?? '') && !/"id":7\b/.test(ids.join()), ids.join());
    },
  },
  answered(
    'H43',
    'who are you?',
    'no name, no version',
    [['/items/1'], ['/nowhere']],
    ({ headers }) => !headers.has('server') && !headers.has('x-powered-by'),
  ),
  answered(
    'H44',
    'headers __proto__, constructor, hasOwnProperty',
    '200, nothing changed',
    [['/items/1', { headers: { ['__proto__']: 'x', constructor: 'y', hasOwnProperty: 'z' } }]],
    ({ status }) => status === 200,
  ),
  {
    id: 'H47',
    attack: 'a request behind a body that was too large',
    must: 'no second answer out of the body',
    run: async (target) => {
      const length = 3_000_000;
      await using wire = target.wire(`${START}${JSON_TYPE}Content-Length: ${length}\r\n\r\n`);
      await wire.until(/\r\n\r\n/);
      const smuggled = request('GET', '/items/7');
      wire.send(smuggled.repeat(Math.floor(length / smuggled.length)));
      const statuses = answersIn(await wire.closed()).map(({ status }) => status);
      holds(statuses.join() === '413', statuses.join());
    },
  },
  {
    id: 'H48',
    attack: '300 connections that are opened and reset',
    must: 'nothing of them is left',
    run: async (target) => {
      const { open } = await target.census();
      const gone = await Promise.all(
        Array.from({ length: 300 }, () =>
          target.wire(`${START}Content-Length: 9\r\n\r\n1`).opened(),
        ),
      );
      for (const wire of gone) wire.reset();
      const after = await target.settled((census) => census.open <= open);
      holds(after.open <= open, `${after.open - open} more open`);
    },
  },
  {
    id: 'H49',
    attack: 'nonsense behind a good request',
    must: 'the first is answered',
    run: async (target) => {
      await using wire = target.wire(request('GET', '/items/1'), 'nonsense\r\n\r\n');
      const [first] = answersIn(await wire.closed());
      holds(first?.status === 200, wire.received.slice(0, 60));
    },
  },
  {
    id: 'H50',
    attack: 'a body that is chunked and has a length',
    must: '400, or one of the two',
    run: async (target) => {
      await using wire = target.wire(
        `${START}${JSON_TYPE}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${ITEM.length.toString(16)}\r\n${ITEM}\r\n0\r\n\r\nGET /items/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      const statuses = answersIn(await wire.closed()).map(({ status }) => status);
      holds(statuses.length === 1 && statuses[0] === 400, statuses.join());
    },
  },
];
