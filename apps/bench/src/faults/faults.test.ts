import { Postgres } from './postgres.js';
import { Process } from './processes.js';
import { wrongs } from './purchases.js';
import { FAULTS, faultRound } from './round.js';

/** A short round of `npm run faults:data`. */
describe('a database that is killed, frozen or restarted in the middle of requests', () => {
  it('loses nothing that was answered, has nothing half written, and every job is done once', async () => {
    await using postgres = await Postgres.open();
    using server = await Process.start('serve', postgres.url);
    using _worker = await Process.start('work', postgres.url);
    for (const [name, fault] of Object.entries(FAULTS)) {
      const outcome = await faultRound(postgres, server, fault, 60);
      expect({ name, ...outcome }).toMatchObject({ name, lost: 0 });
      expect(
        Object.keys(outcome.answers).filter((status) => !/^(201|503|504)$/.test(status)),
      ).toEqual([]);
    }
    // A job whose claim was lost with the connection is found within a minute.
    expect(await wrongs(postgres)).toEqual({ half: 0, twice: 0 });
  }, 300_000);
});
