import type { TestClient } from 'vivace/testing';
import { done, openRoster } from './programs/roster';

describe('a session', () => {
  let database: Awaited<ReturnType<typeof openRoster>>['database'];
  let http: TestClient;
  let sent: string[];

  beforeAll(async () => {
    ({ database, http, sent } = await openRoster());
  });
  beforeEach(() => {
    done.length = 0;
  });
  afterAll(() => http.close());

  it('reads without a transaction: one statement', async () => {
    sent.length = 0;
    expect((await http.get('/heroes/1')).json()).toEqual({ id: 1, name: 'taken', rank: null });
    expect(sent).toEqual([expect.stringMatching(/^select /)]);
    expect((await http.get('/called/taken')).status).toBe(200);
    expect((await http.get('/heroes/0')).json()).toEqual({ detail: 'Hero not found' });
    sent.length = 0;
    expect((await http.get('/heroes')).json()).toMatchObject({ total: 1 });
    expect(sent).toHaveLength(2);
  });

  it('begins with the first write and commits before the answer, which has the ids of the database', async () => {
    sent.length = 0;
    for (const path of ['/heroes', '/inserted']) {
      sent.length = 0;
      const answer = await http.post(path, { json: { name: path } });
      expect(answer.status).toBe(201);
      expect(answer.json()).toMatchObject({ id: expect.any(Number), name: path });
      expect(sent).toEqual(['begin', expect.stringMatching(/^insert /), 'commit']);
    }
    expect(done).toEqual(['kept /heroes']);
  });

  it('begins with a lock, too, which is held to the end', async () => {
    sent.length = 0;
    expect((await http.get('/locked/1')).status).toBe(200);
    expect(sent).toEqual(['begin', expect.stringContaining('for update'), 'commit']);
  });

  it('takes back what a failing handler wrote, and runs nothing that waits for the commit', async () => {
    expect((await http.post('/failing', { json: { name: 'failing' } })).status).toBe(418);
    expect((await http.get('/called/failing')).status).toBe(404);
    expect(done).toEqual([]);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('answers no success where the commit fails', async () => {
    const { id } = (await http.post('/inserted', { json: { name: 'r', rank: 7 } })).json<{
      id: number;
    }>();
    expect((await http.put(`/ranks/${id}?rank=8`)).json()).toMatchObject({ rank: 8 });
    const other = (await http.post('/inserted', { json: { name: 's', rank: 7 } })).json<{
      id: number;
    }>();
    expect((await http.put(`/ranks/${other.id}?rank=8`)).status).toBeGreaterThanOrEqual(400);
    expect((await http.get(`/heroes/${other.id}`)).json()).toMatchObject({ rank: 7 });
  });

  it('takes back only what failed in a transaction in it', async () => {
    expect((await http.post('/nested', { json: { name: 'nested' } })).status).toBe(200);
    expect((await http.get('/called/nested')).status).toBe(200);
  });

  it('is a 500 where a failure was swallowed, since nothing was kept', async () => {
    expect((await http.post('/swallowed', { json: { name: 'swallowed' } })).status).toBe(500);
    expect((await http.get('/called/swallowed')).status).toBe(404);
  });

  it('runs an operation again after a serialisation failure, if it says so', async () => {
    sent.length = 0;
    expect((await http.post('/again', { json: { name: 'again' } })).json()).toMatchObject({
      rank: 3,
    });
    expect(sent.filter((text) => text === 'begin isolation level serializable')).toHaveLength(3);
    expect(sent.filter((text) => text === 'commit')).toHaveLength(1);
  });

  it('writes nothing in an operation that only reads', async () => {
    expect((await http.post('/read-only', { json: { name: 'x' } })).status).toBe(500);
  });

  it('loses no request and no connection when many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        at % 4 === 0
          ? http.post('/failing', { json: { name: `f${at}` } })
          : at % 2 === 0
            ? http.get('/heroes/1')
            : http.post('/inserted', { json: { name: `many ${at}` } }),
      ),
    );
    const counts = Map.groupBy(answers, ({ status }) => status);
    expect(Object.fromEntries([...counts].map(([status, all]) => [status, all.length]))).toEqual({
      200: 50,
      201: 100,
      418: 50,
    });
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
    expect(database.pool.waitingCount).toBe(0);
  });
});
