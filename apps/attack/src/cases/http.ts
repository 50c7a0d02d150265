import type { Case, Section } from '../case.js';
import { answered, holds, isRefused, survived } from '../case.js';
import { answersIn } from '../wire.js';
import { slowRequests } from './slow-requests.js';

const START = 'POST /items HTTP/1.1\r\nHost: a\r\n';
const GET = 'GET /items/1 HTTP/1.1\r\nHost: a\r\n';

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
    ...slowRequests,
  ],
};
