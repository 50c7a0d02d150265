import { Postgres } from './postgres.js';
import { Process } from './processes.js';
import { wrongs } from './purchases.js';
import { FAULTS, faultRound } from './round.js';

/** A short round of `npm run faults:data`. */
describe('a database that is killed, frozen or restarted in the middle of requests', () => {
  it('loses nothing that was answered, has nothing half written, and every job is done once', async () => {
    await using postgres = await Postgres.open('faults');
    using server = await Process.start('serve', postgres.url);
    using worker = await Process.start('work', postgres.url);
    for (const [name, fault] of Object.entries(FAULTS)) {
      const outcome = await faultRound(postgres, server, fault, 60);
      expect({ name, ...outcome }).toMatchObject({ name, lost: 0 });
      expect(
        Object.keys(outcome.answers).filter((status) => !/^(201|503|504)$/.test(status)),
      ).toEqual([]);
    }
    expect(await Promise.race([wrongs(postgres), server.ended, worker.ended])).toEqual({
      half: 0,
      twice: 0,
    });
  }, 600_000);
});
