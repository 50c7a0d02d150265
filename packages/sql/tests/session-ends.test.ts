import type { int } from 'vivace';
import type { TestClient } from 'vivace/testing';
import { done, Hero, openRoster, outlived } from './programs/roster';

describe('a session, in whatever it is opened for,', () => {
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

  it('takes no connection after its end', async () => {
    expect((await http.post('/kept')).status).toBe(200);
    const closed = { code: 'SESSION_CLOSED' };
    await expect(outlived.session!.get(Hero, { id: 1 as int })).rejects.toMatchObject(closed);
    await expect(outlived.session!.find(Hero, {})).rejects.toMatchObject(closed);
    await expect(outlived.session!.insert(Hero, { name: 'late' })).rejects.toMatchObject(closed);
    await expect(outlived.session!.execute('select 1')).rejects.toMatchObject(closed);
    expect(() => outlived.session!.add(Hero, { name: 'late' })).toThrow('SESSION_CLOSED');
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('gives relations that were asked for, and a 500 for others, tracked or not', async () => {
    expect((await http.get('/teams/1')).json()).toEqual({ name: 'A', heroes: [{ name: 'taken' }] });
    expect((await http.get('/half/1')).status).toBe(500);
    expect((await http.post('/half/1')).status).toBe(500);
  });

  it('holds no transaction in a stream', async () => {
    sent.length = 0;
    expect((await http.get('/lines')).text).toContain('"taken"');
    expect(sent).toHaveLength(1);
  });

  it('reads by a reader, which writes nothing', async () => {
    expect((await http.get('/read/1')).json()).toMatchObject({ name: 'taken' });
  });
});
