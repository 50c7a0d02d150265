import { createHash } from 'node:crypto';
import type { Section } from '../case.js';
import { answered, holds, json, shown, type Request } from '../case.js';
import { CLAIMS, token } from '../tokens.js';
import { answersIn, request } from '../wire.js';
import { unread } from './unread.js';

const ours = true as const;
const asks = (key?: string) => ({ headers: { 'x-key': key } });
const bearer = (sub: string) => ({ authorization: `Bearer ${token({ ...CLAIMS, sub })}` });

export const faultsH: Section = {
  name: 'H1 to H12: security and failure',
  cases: [
    {
      id: 'H1',
      attack: 'a cached answer behind a guard, without a key and with another',
      must: '401, and the own answer',
      ours,
      run: async (target) => {
        const ann = await target.ask('/report', asks('ann'));
        holds(ann.body === '"the secret of ann"', shown(ann));
        for (const key of [undefined, 'x']) {
          const nobody = await target.ask('/report', asks(key));
          holds(nobody.status === 401, shown(nobody));
        }
        const bob = await target.ask('/report', asks('bob'));
        holds(bob.body === '"the secret of bob"', shown(bob));
      },
    },
    {
      id: 'H2',
      attack: "an Idempotency-Key of another's, or nobody's",
      must: 'never that answer',
      ours,
      run: async (target) => {
        const pay = (headers: object) =>
          target.ask('/payments', json({ cents: 5 }, { 'idempotency-key': 'same', ...headers }));
        const ann = await pay(bearer('ann'));
        holds(ann.status === 201, shown(ann));
        const again = await pay(bearer('ann'));
        holds(again.body === ann.body, `${shown(ann)}, ${shown(again)}`);
        const bob = await pay(bearer('bob'));
        holds(!bob.body.includes('ann pays'), shown(bob));
        const nobody = await pay({});
        holds(nobody.status === 401, shown(nobody));
      },
    },
    answered(
      'H3',
      'a path in other spellings, where middleware goes by the path',
      'never 200',
      [
        '/admin/secret',
        '/%61dmin/secret',
        '/%61%64%6D%69%6e/secret',
        'http://x/admin/secret',
        'http://x/%61dmin/secret',
        '//admin/secret',
        '/x/../admin/secret',
        '/admin%2fsecret',
        '/admin/secret/',
        '/ADMIN/secret',
      ].map((path) => [path]),
      ({ status }) => status !== 200,
      { ours },
    ),
    {
      id: 'H4',
      attack: 'an upstream answer that was compressed, and is no more',
      must: 'its own text, and the next answer after it',
      ours,
      run: async (target) => {
        await using wire = target.wire(request('GET', '/decoded/x'), request('GET', '/items/7'));
        const [first, second] = await wire.answers(2);
        holds(
          first !== undefined &&
            !first.headers.has('content-encoding') &&
            first.body.includes('upstream upstream'),
          first === undefined ? wire.received.slice(0, 200) : shown(first),
        );
        holds(second?.status === 200 && second.body.includes('"id":7'), wire.received.slice(-200));
      },
    },
    {
      id: 'H4',
      attack: 'a stream that is longer than its content-length',
      must: 'nothing forged follows',
      ours,
      run: async (target) => {
        await using wire = target.wire(request('GET', '/forged'), request('GET', '/items/7'));
        const text = await wire.until((received) => answersIn(received).length >= 2);
        holds(!text.includes('forged'), text.slice(-200));
      },
    },
    {
      id: 'H5',
      attack: 'a slow request that began before the logout',
      must: 'the session stays ended',
      ours,
      run: async (target) => {
        const entered = await target.ask('/session/login', json({ name: 'ann' }));
        const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
        const sent = { method: 'POST', headers: { cookie } };
        const slow = target.ask('/session/slow', sent);
        await target.ask('/items/1');
        await target.ask('/session/logout', sent);
        await slow;
        const after = await target.ask('/session/me', { headers: { cookie } });
        holds(after.status === 401, shown(after));
      },
    },
    answered(
      'H6',
      'a page among static files',
      'nosniff',
      [['/static/page.html']],
      ({ headers }) => headers.get('x-content-type-options') === 'nosniff',
      { ours },
    ),
    answered(
      'H7',
      'redirects that leave the host',
      'never',
      [
        '/\\evil.example',
        '//evil.example',
        '/\t/evil.example',
        ' //evil.example',
        '\\\\evil.example',
        '/\\/evil.example',
      ].map((to): Request => [`/go?to=${encodeURIComponent(to)}`]),
      ({ headers, status }) => {
        const to = headers.get('location');
        return status >= 400 || new URL(to!, 'http://localhost/').host === 'localhost';
      },
      { ours },
    ),
    answered(
      'H8',
      'names of fields of 900 KB, and a secret under them',
      'an answer of at most 20 KB, without it',
      [
        ['/items', json({ ['n'.repeat(900_000)]: 1, name: 1, password: 'hunter2' })],
        ['/payments', json({ ['n'.repeat(900_000)]: 1 }, bearer('ann'))],
      ],
      ({ status, body }) => status === 422 && body.length < 20_000 && !body.includes('hunter2'),
      { ours },
    ),
    ...unread,
    {
      id: 'H13',
      attack: 'a body that hashes to the same key',
      must: 'answered',
      run: async (target) => {
        const keys = Array.from({ length: 20_000 }, (_, n) =>
          createHash('md5').update(String(n)).digest('hex'),
        );
        const body = Object.fromEntries(keys.map((key) => [key, 1]));
        const answer = await target.ask('/items', json({ name: 'n', price: 1, ...body }));
        holds(answer.status < 500, shown(answer));
      },
    },
  ],
};
