import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { holdService } from 'vivace/extend';
import { Holder } from './holder';

const SERVICE = join(__dirname, 'service.mjs');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vivace-service-'))));
afterEach(async () => {
  await gone();
  rmSync(folder, { recursive: true });
});

/** The id of the server at a port; undefined: none. */
const asked = (port: string | undefined): Promise<string | undefined> =>
  text(connect(Number(port), '127.0.0.1')).catch(() => undefined);

/** Asks until it is so. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}

/** Waits until neither the server nor who watches over it is there. */
const gone = (): Promise<void> =>
  until(() => !readdirSync(folder).some((file) => file === 'pid' || file === 'supervisor.json'));

/** The ids of those that have started the server and watched over it, one after the other. */
const supervisors = (): readonly number[] =>
  readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);
/** How often it has not started. */
const refusals = (): number =>
  readFileSync(join(folder, 'supervisor.log'), 'utf8').split('The engine is broken.').length - 1;
const kill = (pid: number | string | undefined): boolean => process.kill(Number(pid), 'SIGKILL');

describe('a service that several hold', () => {
  it('is started once by all who come at the same moment, and ends when the last has left', async () => {
    const holders = Array.from({ length: 6 }, () => new Holder(folder));
    const ports = await Promise.all(holders.map(({ said }) => said));
    expect(new Set(ports).size).toBe(1);
    const [last, ...others] = holders;
    await Promise.all(others.map((holder) => holder.leave()));
    expect(await asked(ports[0])).toBe(readFileSync(join(folder, 'pid'), 'utf8'));
    await last?.leave();
    expect(await asked(ports[0])).toBeUndefined();
    expect(supervisors()).toHaveLength(1);
  });

  it('is there for as long as one of those who come and are killed is left', async () => {
    const holders = [new Holder(folder)];
    const first = await holders[0]?.said;
    for (let round = 1; round <= 8; round++) {
      const next = new Holder(folder);
      // Some of them before they have it.
      if (round % 3 !== 0) await next.said;
      holders.push(next);
      await holders.splice((round * 7) % (holders.length - 1), 1)[0]?.kill();
      const port = await holders.at(-1)?.said;
      expect(port).toBe(first);
      expect(await asked(port)).toBeDefined();
    }
    await Promise.all(holders.map((holder) => holder.kill()));
    await gone();
    expect(await asked(first)).toBeUndefined();
  });

  it('is taken over where the process that watches over it is killed', async () => {
    await using holder = new Holder(folder);
    const port = await holder.said;
    const server = await asked(port);
    for (let round = 1; round <= 3; round++) {
      kill(supervisors().at(-1));
      await until(() => supervisors().length > round);
      await using other = new Holder(folder);
      expect([await other.said, await asked(port)]).toEqual([port, server]);
    }
    await holder.leave();
    expect(await asked(port)).toBeUndefined();
  });

  it('is started again at its place where it is killed', async () => {
    await using holder = new Holder(folder);
    const port = await holder.said;
    const server = await asked(port);
    kill(server);
    await until(async () => ![server, undefined].includes(await asked(port)));
    await holder.leave();
    expect(await asked(port)).toBeUndefined();
  });

  it('is started again when its first starts fail after it was killed', async () => {
    await using holder = new Holder(folder);
    const port = await holder.said;
    const server = await asked(port);
    writeFileSync(join(folder, 'broken'), '');
    kill(server);
    await until(() => refusals() >= 2);
    rmSync(join(folder, 'broken'));
    await until(async () => ![server, undefined].includes(await asked(port)));
    await holder.leave();
    expect(await asked(port)).toBeUndefined();
  });

  it('that was left by all who knew of it is found by the next', async () => {
    const holder = new Holder(folder);
    const port = await holder.said;
    const server = await asked(port);
    holder.pause();
    kill(supervisors().at(-1));
    await holder.kill();
    await using next = new Holder(folder);
    expect([await next.said, await asked(port)]).toEqual([port, server]);
    await next.leave();
  });

  it('that does not start says why to everybody', async () => {
    writeFileSync(join(folder, 'broken'), '');
    const holders = Array.from({ length: 3 }, () => new Holder(folder));
    expect(await Promise.all(holders.map(({ said }) => said))).toEqual(
      holders.map(() => 'The engine is broken.'),
    );
    rmSync(join(folder, 'broken'));
    await using lease = await holdService({ folder, module: SERVICE });
    expect(await asked(lease.env['ENGINE_PORT'])).toBeDefined();
  });

  it('is not looked for at whoever listens where one has listened before', async () => {
    const stranger = createServer((socket) => socket.end('who are you?\n')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const address = { port, greeting: 'once', answer: 'upon a time' };
    writeFileSync(join(folder, 'supervisor.json'), JSON.stringify(address));
    await using lease = await holdService({ folder, module: SERVICE });
    expect(await asked(lease.env['ENGINE_PORT'])).toMatch(/^\d+$/);
    stranger.close();
  });
});
