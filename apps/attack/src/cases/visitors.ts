import type { Section } from '../case.js';
import { answered, holds, json, shown } from '../case.js';
import type { Target } from '../target.js';

const ours = true as const;
const ORIGIN = 'https://shop.example';

async function signIn(target: Target): Promise<string> {
  const answer = await target.ask('/session/login', json({ name: 'ann' }));
  holds(answer.status === 200, shown(answer));
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

const login = (username: string, password: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ username, password }).toString(),
});

export const visitors: Section = {
  name: 'C, R: cookies, sessions, other origins',
  cases: [
    answered(
      'C02',
      '1,000 cookies',
      '200 or 4xx',
      [
        [
          '/session/note',
          {
            ...json({}),
            headers: { cookie: Array.from({ length: 1000 }, (_, n) => `c${n}=1`).join('; ') },
          },
        ],
      ],
      ({ status }) => status < 500,
      { ours },
    ),
    answered(
      'C03',
      'a cookie __proto__',
      'nothing changed',
      [['/values/exact', { headers: { cookie: '__proto__=x; constructor=y; theme=dark' } }]],
      ({ status }) => status === 200,
      { ours },
    ),
    answered(
      'C06',
      'session cookies that were made up',
      '401',
      ['x', 'x.y.z', 'A'.repeat(4000), '%zz', '"', ''].map((value) => [
        '/session/me',
        { headers: { cookie: `session=${value}` } },
      ]),
      ({ status }) => status === 401,
      { ours },
    ),
    {
      id: 'C08',
      attack: 'the cookie of a session that was ended',
      must: '401',
      ours,
      run: async (target) => {
        const cookie = await signIn(target);
        const before = await target.ask('/session/me', { headers: { cookie } });
        holds(before.status === 200, shown(before));
        await target.ask('/session/logout', { method: 'POST', headers: { cookie } });
        const after = await target.ask('/session/me', { headers: { cookie } });
        holds(after.status === 401, shown(after));
      },
    },
    {
      id: 'C09',
      attack: 'an unknown name, a wrong password',
      must: 'look alike',
      ours,
      run: async (target) => {
        const unknown = await target.ask('/login', login('nobody', 'x'));
        const wrong = await target.ask('/login', login('ann', 'x'));
        holds(shown(unknown) === shown(wrong), `${shown(unknown)}, ${shown(wrong)}`);
      },
    },
    {
      id: 'C11',
      attack: 'a write from https://evil.example with the cookie',
      must: '403',
      ours,
      run: async (target) => {
        const cookie = await signIn(target);
        const headers = { cookie, origin: 'https://evil.example' };
        const answer = await target.ask('/session/note', { method: 'POST', headers });
        holds(answer.status === 403, shown(answer));
      },
    },
    {
      id: 'C14',
      attack: 'line breaks in a name that is logged',
      must: 'one line',
      ours,
      run: async (target) => {
        const { lines } = await target.census();
        await target.ask('/login', login('x\r\n{"level":60,"msg":"forged"}\r\n', 'x'));
        const after = await target.settled((census) => census.lines > lines);
        holds(after.lines === lines + 1, `${after.lines - lines} lines`);
      },
    },
    answered(
      'R01',
      'Origin: https://evil.example',
      'not allowed',
      [['/items/1', { headers: { origin: 'https://evil.example' } }]],
      ({ headers }) => !headers.has('access-control-allow-origin'),
      { ours },
    ),
    answered(
      'R02',
      'a preflight of evil.example',
      'not allowed',
      [
        [
          '/items',
          {
            method: 'OPTIONS',
            headers: {
              origin: 'https://evil.example',
              'access-control-request-method': 'POST',
            },
          },
        ],
      ],
      ({ headers, status }) => status < 500 && !headers.has('access-control-allow-origin'),
      { ours },
    ),
    answered(
      'R04',
      'origins that look like the good one',
      'not allowed',
      [
        'null',
        'https://shop.example.evil.example',
        'https://evilshop.example',
        'http://shop.example',
        'https://shop.example.',
        'https://shopXexample',
        'https://shop.example@evil.example',
      ].map((origin) => ['/items/1', { headers: { origin } }]),
      ({ headers }) => !headers.has('access-control-allow-origin'),
      { ours },
    ),
    answered(
      'R05',
      'errors for the good origin',
      'allowed, so that the page sees them',
      [
        ['/nowhere', { headers: { origin: ORIGIN } }],
        ['/items/x', { headers: { origin: ORIGIN } }],
        ['/failures/throws/error', { headers: { origin: ORIGIN } }],
      ],
      ({ headers }) => headers.get('access-control-allow-origin') === ORIGIN,
      { ours },
    ),
    answered(
      'R06',
      'a preflight for 2,000 headers',
      'no 5xx',
      [
        [
          '/items',
          {
            method: 'OPTIONS',
            headers: {
              origin: ORIGIN,
              'access-control-request-method': 'POST',
              'access-control-request-headers': Array.from(
                { length: 2000 },
                (_, n) => `x${n}`,
              ).join(),
            },
          },
        ],
      ],
      ({ status }) => status < 500,
      { ours },
    ),
  ],
};
