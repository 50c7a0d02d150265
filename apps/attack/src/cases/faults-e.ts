import { setTimeout as delay } from 'node:timers/promises';
import type { Section } from '../case.js';
import { answered, holds, shown, type Case } from '../case.js';

const ours = true as const;

/** What middleware put into the context of a request is found everywhere that belongs to it. */
function keepsContext(path: string, places: number): Case {
  return {
    id: 'E1',
    attack: `GET ${path} in a context of its own`,
    must: 'one context to the last clean-up',
    ours,
    run: async (target) => {
      const id = `${path}#${Math.random()}`;
      await target.ask(path, { headers: { 'x-context': id } });
      const { found } = await target.settled((census) => (census.found[id]?.length ?? 0) >= places);
      const seen = found[id] ?? [];
      holds(
        seen.length === places && seen.every((one) => one === id),
        `${seen.filter((one) => one === id).length} of ${places} places have it`,
      );
    },
  };
}

export const faultsE: Section = {
  name: 'E: contexts, guards, cookies',
  cases: [
    keepsContext('/context/task', 2),
    keepsContext('/context/stream', 4),
    answered(
      'E2',
      'files and mounts of an application that is guarded',
      '401',
      [
        '/static/plain.txt',
        '/static/page.html',
        '/static/folder/inside.txt',
        '/legacy/x',
        '/fetched/x',
      ].map((path) => [path]),
      ({ status }) => status === 401,
      { ours, at: 'guarded' },
    ),
    answered(
      'E2',
      'the same with the key',
      '200',
      ['/static/plain.txt', '/legacy/x', '/fetched/x'].map((path) => [
        path,
        { headers: { 'x-key': 'ann' } },
      ]),
      ({ status }) => status === 200,
      { ours, at: 'guarded' },
    ),
    answered(
      'E2',
      'health and the document of an application that is guarded',
      '200',
      [['/livez'], ['/readyz'], ['/openapi.json']],
      ({ status }) => status === 200,
      { ours, at: 'guarded' },
    ),
    answered(
      'E3',
      'a cookie __Host-sid is deleted',
      'with Secure and Path=/',
      [['/forget']],
      ({ headers }) =>
        /secure/i.test(headers.get('set-cookie') ?? '') &&
        /path=\/(?:;|$)/i.test(headers.get('set-cookie') ?? ''),
      { ours },
    ),
    answered(
      'E11',
      'the document',
      'no examples of the framework',
      [['/openapi.json']],
      ({ body }) => !body.includes('Page.of('),
      { ours },
    ),
    answered(
      'E12',
      'the method QUERY',
      '405, or 404 where nothing is',
      [
        ['/items/1', { method: 'QUERY' }],
        ['/nowhere', { method: 'QUERY' }],
      ],
      ({ status }) => status === 405 || status === 404,
    ),
    {
      id: 'E14',
      attack: 'two clients at once in contexts of their own',
      must: 'never that of the other',
      ours,
      run: async (target) => {
        const ids = Array.from({ length: 50 }, (_, index) => `many#${index}#${Math.random()}`);
        await Promise.all(
          ids.map(async (id, index) => {
            await delay(index % 7);
            const answer = await target.ask('/context/stream', { headers: { 'x-context': id } });
            holds(answer.status === 200, shown(answer));
          }),
        );
        const { found } = await target.settled((census) =>
          ids.every((id) => (census.found[id]?.length ?? 0) >= 4),
        );
        holds(
          ids.every((id) => (found[id] ?? []).every((one) => one === id)),
          'another context was found',
        );
      },
    },
  ],
};
