import type { Case, Section } from '../case.js';
import { answered, holds, isRefused, shown, survived } from '../case.js';
import { answersIn, request } from '../wire.js';

const START = 'POST /items HTTP/1.1\r\nHost: a\r\n';
const GET = 'GET /items/1 HTTP/1.1\r\nHost: a\r\n';
const ITEM = '{"name":"n","price":1}';
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** Bytes that are no request: one refusal, and the connection is closed. */
function noRequest(
  id: string,
  attack: string,
  statuses: readonly number[],
  ...sent: readonly (string | Uint8Array)[]
): Case {
  return {
    id,
    attack,
    must: `${statuses.join(' or ')}, closed`,
    run: async (target) => {
      await using wire = target.wire(...sent);
      const text = await wire.closed();
      const answers = answersIn(text);
      holds(
        answers.length <= 1 && answers.every(({ status }) => statuses.includes(status)),
        answers.map(({ status }) => status).join(', '),
      );
    },
  };
}

export const http: Section = {
  name: 'H: requests and connections',
  cases: [
    noRequest('H01', 'a handshake of TLS', [400], Buffer.from('16030100a5010000a10303', 'hex')),
    noRequest('H02', 'no Host', [400], 'GET / HTTP/1.1\r\n\r\n'),
    noRequest('H03', 'two Hosts', [400], 'GET /items/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'),
    noRequest(
      'H04',
      'a Host with a path',
      [400],
      'GET /items/1 HTTP/1.1\r\nHost: a/b?x#\r\nConnection: close\r\n\r\n',
    ),
    noRequest(
      'H06',
      'two lengths',
      [400],
      `${START}Content-Length: 3\r\nContent-Length: 4\r\n\r\n[1]x`,
    ),
    noRequest('H07', 'a length of +5', [400], `${START}Content-Length: +5\r\n\r\n[1,2]`),
    noRequest(
      'H09',
      'a length beyond 64 bits',
      [400, 413],
      `${START}Content-Length: 18446744073709551617\r\n\r\n[1]`,
    ),
    noRequest(
      'H10',
      'an unknown transfer encoding',
      [400, 501],
      `${START}Transfer-Encoding: xchunked\r\n\r\n[1]`,
    ),
    noRequest(
      'H11',
      'a blank before the colon',
      [400],
      `${START}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    ),
    noRequest(
      'H12',
      'a header on two lines',
      [400],
      'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n',
    ),
    noRequest(
      'H13',
      'chunks that end with half a line break',
      [400],
      `${START}Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n`,
    ),
    noRequest('H14', 'NUL in a header', [400], `${GET}X-A: b\0c\r\n\r\n`),
    noRequest('H15', '100 KB of headers', [431, 400, 413], `${GET}X-A: ${'b'.repeat(1e5)}\r\n\r\n`),
    {
      id: 'H16',
      attack: '1,500 headers',
      must: 'answered, no 5xx',
      run: async (target) => {
        await using wire = target.wire(`${GET}Connection: close\r\n${'a:1\r\n'.repeat(1500)}\r\n`);
        const [answer] = await wire.answers(1);
        holds(answer !== undefined && answer.status < 500, wire.received.slice(0, 80));
      },
    },
    noRequest(
      'H17',
      'an address of 64 KB',
      [414, 431, 400],
      `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    ),
    noRequest('H18', 'a method GE(T', [400], 'GE(T / HTTP/1.1\r\nHost: a\r\n\r\n'),
    noRequest(
      'H19',
      'a method that nobody knows',
      [400, 404, 405, 501],
      'BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ),
    {
      id: 'H20',
      attack: 'HTTP/0.9',
      must: '400, closed',
      run: async (target) => {
        await using wire = target.wire('GET /\r\n\r\n');
        const text = await wire.closed();
        holds(text === '' || text.startsWith('HTTP/1.1 400'), JSON.stringify(text.slice(0, 60)));
      },
    },
    noRequest('H21', 'HTTP/3.7', [400, 505], 'GET / HTTP/3.7\r\nHost: a\r\n\r\n'),
    {
      id: 'H22',
      attack: 'an absolute target with another host',
      must: 'no 5xx, the host is named nowhere',
      run: async (target) => {
        for (const path of ['/items/1', '/items/1/', '/openapi.json', '/nowhere']) {
          await using wire = target.wire(
            `GET http://evil.example${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
          );
          const text = await wire.closed();
          holds(/^HTTP\/1\.1 [1-4]/.test(text) && !text.includes('evil'), text.slice(0, 200));
        }
      },
    },
    noRequest(
      'H23',
      'a target @evil.example',
      [400, 404],
      'GET @evil.example HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ),
    survived('H24', 'OPTIONS *', [['*', { method: 'OPTIONS' }]]),
    {
      id: 'H25',
      attack: 'CONNECT evil.example:443',
      must: '4xx or closed, no tunnel',
      run: async (target) => {
        await using wire = target.wire(
          'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
        );
        const text = await wire.closed();
        holds(text === '' || /^HTTP\/1\.1 [45]/.test(text), text.slice(0, 60));
      },
    },
    answered(
      'H26',
      'TRACE with a secret header',
      '4xx, no echo',
      [['/items/1', { method: 'TRACE', headers: { 'x-secret': 's3cret' } }]],
      (answer) => isRefused(answer) && !answer.body.includes('s3cret'),
    ),
    noRequest(
      'H27',
      'a chunk of FFFFFFFFFFFFFFFFF bytes',
      [400],
      `${START}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n[1]`,
    ),
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
        await using wire = target.wire(
          `${START}${JSON_TYPE}Content-Length: 1000\r\n\r\n{"name":"n`,
        );
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
  ],
};
