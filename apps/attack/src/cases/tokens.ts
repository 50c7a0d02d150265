import type { Section } from '../case.js';
import { answered, holds, json, shown, type Case, type Request } from '../case.js';
import { CLAIMS, token, unsigned } from '../tokens.js';

const bearer = (value: string): Request => [
  '/me',
  { headers: { authorization: `Bearer ${value}` } },
];

/** No token of these lets anybody in. */
function rejected(id: string, attack: string, requests: readonly Request[]): Case {
  return answered(
    id,
    attack,
    '401, with a challenge',
    requests,
    ({ status, headers }) => status === 401 && headers.has('www-authenticate'),
    { ours: true },
  );
}
const without = (name: keyof typeof CLAIMS): object =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([key]) => key !== name));

export const tokens: Section = {
  name: 'A: bearer tokens',
  cases: [
    answered('A00', 'a good token', '200', [bearer(token())], ({ status }) => status === 200, {
      ours: true,
    }),
    rejected('A01', 'no token', [['/me']]),
    rejected(
      'A02',
      '"Bearer", "Bearer ", "Bearer  x"',
      ['Bearer', 'Bearer ', 'Bearer  x'].map((authorization) => [
        '/me',
        { headers: { authorization } },
      ]),
    ),
    rejected(
      'A03',
      'alg none',
      ['none', 'None', 'nOnE', ''].flatMap((alg) => [
        bearer(unsigned(alg)),
        bearer(unsigned(alg, 'eA')),
      ]),
    ),
    rejected('A04', 'another key, an empty one', [
      bearer(token(CLAIMS, undefined, 'another')),
      bearer(token(CLAIMS, undefined, '')),
    ]),
    rejected('A07', 'not yet valid', [bearer(token({ ...CLAIMS, nbf: 3_900_000_000 }))]),
    rejected('A08', 'valid for ever', [bearer(token(without('exp')))]),
    rejected('A09', 'for others, of others', [
      bearer(token({ ...CLAIMS, aud: 'other' })),
      bearer(token({ ...CLAIMS, iss: 'https://evil.example' })),
      bearer(token(without('aud'))),
    ]),
    rejected('A10', 'a changed content', [
      bearer(
        token().replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'bob' })).toString('base64url')}.`,
        ),
      ),
    ]),
    answered(
      'A12',
      'tokens of 12 KB and 60 KB',
      '401, 431 or 400',
      [bearer('a'.repeat(12_000)), bearer(token({ ...CLAIMS, more: 'x'.repeat(60_000) }))],
      ({ status }) => [400, 401, 431].includes(status),
      { ours: true },
    ),
    answered(
      'A13',
      'two Authorization headers',
      'never the second alone',
      [['/me', { headers: { authorization: 'Bearer x', Authorization: `Bearer ${token()}` } }]],
      ({ status }) => status === 400 || status === 401,
      { ours: true },
    ),
    rejected('A14', 'a token in the query', [[`/me?access_token=${token()}`]]),
    rejected('A15', 'Basic', [['/me', { headers: { authorization: 'Basic YW5uOmFubg==' } }]]),
    rejected(
      'A17',
      'exp as text, null, 1e400, an object',
      ['"4000000000"', 'null', '1e400', '{}'].map((exp) =>
        bearer(token(JSON.stringify(CLAIMS).replace('4000000000', exp))),
      ),
    ),
    answered(
      'A18',
      '"bearer" in small letters',
      '200',
      [['/me', { headers: { authorization: `bearer ${token()}` } }]],
      ({ status }) => status === 200,
      { ours: true },
    ),
    rejected('A19', 'an unknown crit', [
      bearer(token(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 })),
    ]),
    rejected('A20', 'alg as list, object, number; a header that is no JSON', [
      ...[['HS256'], {}, 1].map((alg) => bearer(token(CLAIMS, { alg }))),
      bearer(token(CLAIMS, 'no json')),
    ]),
    answered(
      'A22',
      'without the scope',
      '403',
      [['/admin', { headers: { authorization: `Bearer ${token()}` } }]],
      ({ status }) => status === 403,
      { ours: true },
    ),
    answered(
      'A23',
      'other spellings of a guarded address',
      'never 200',
      ['/me/', '//me', '/%6de', '/ME', '/me;x', '/me%2f', '/./me', '/x/../me'].map((path) => [
        path,
      ]),
      ({ status }) => status >= 300 && status < 500,
      { ours: true },
    ),
    answered(
      'A24',
      'a wrong body, and no token',
      '401 before 422',
      [
        ['/private', json('{no json')],
        ['/private', json({ cents: 'x' })],
      ],
      ({ status }) => status === 401,
      { ours: true },
    ),
    {
      id: 'A25',
      attack: 'no token, and a gigabyte is announced',
      must: '401 before it is read',
      ours: true,
      run: async (target) => {
        await using wire = target.wire(
          'POST /private HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{',
        );
        const [answer] = await wire.answers(1);
        holds(answer?.status === 401, answer === undefined ? 'no answer' : shown(answer));
      },
    },
  ],
};
