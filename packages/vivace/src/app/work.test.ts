import { EventEmitter, once } from 'node:events';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { Host, Work } from '../declare/work';
import { ExtensionWork, type Pause } from './work';

const lines: string[] = [];
const log = pino(
  new Writable({
    write: (line, _, done) => {
      lines.push((JSON.parse(String(line)) as { msg: string }).msg);
      done();
    },
  }),
);
const host: Pick<Host, 'entries' | 'get' | 'run'> = {
  entries: [],
  get: () => {
    throw new TypeError('nothing is open');
  },
  run: () => Promise.reject(new TypeError('nothing runs')),
};

/** Work that does what each next beginning says, with a clock that nobody waits for. */
function working(...beginnings: readonly ((host: Host) => Promise<Work>)[]) {
  const told = new EventEmitter();
  const pauses: number[] = [];
  const rest = [...beginnings];
  const pause: Pause = async (milliseconds, signal) => {
    pauses.push(milliseconds);
    if (rest.length > 0) return;
    told.emit('over');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const work = new ExtensionWork({
    extension: 'events',
    begin: (own) => rest.shift()!(own),
    host,
    log,
    pause,
  });
  return { work, pauses, over: once(told, 'over') };
}
const steady: Work = { stop: async () => {}, idle: async () => {} };
const failing = () => Promise.reject(new Error('no broker'));

beforeEach(() => void (lines.length = 0));

describe('work that dies', () => {
  it('begins anew after 1, 2, 3, 3 … seconds, and is logged when it dies first', async () => {
    const { work, pauses, over } = working(...Array.from({ length: 7 }, () => failing));
    work.start();
    await over;
    expect(pauses.map((milliseconds) => milliseconds / 1000)).toEqual([1, 2, 3, 3, 3, 3, 3]);
    expect(lines).toEqual(["The work of the extension 'events' has ended; it begins anew in 1 s"]);
    expect(work.state).toBe('down');
    await work.stop(1000);
  });

  it('is down until it runs again', async () => {
    let die: () => void = () => {};
    const dying = async (): Promise<Work> => ({
      ...steady,
      ended: new Promise((resolve) => (die = () => resolve('broken pipe'))),
    });
    const { work, over } = working(dying);
    expect(work.state).toBe('idle');
    work.start();
    await work.running();
    await turn();
    expect(work.state).toBe('ready');
    die();
    await over;
    expect(work.state).toBe('down');
    await work.stop(1000);
  });

  it('says itself when it is not ready', async () => {
    let told: Host | undefined;
    const { work } = working(async (own) => {
      told = own;
      return steady;
    });
    work.start();
    await work.running();
    await turn();
    told!.ready(false);
    expect(work.state).toBe('down');
    told!.ready(true);
    expect(work.state).toBe('ready');
    await work.stop(1000);
  });
});

describe('work that is stopped', () => {
  it('while it begins is stopped when it has begun', async () => {
    const steps: string[] = [];
    const { work } = working(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      steps.push('begun');
      return { ...steady, stop: async () => void steps.push('stopped') };
    });
    work.start();
    await turn();
    await work.stop(1000);
    expect(steps).toEqual(['begun', 'stopped']);
  });

  it('while it waits to begin anew does not begin', async () => {
    const { work, over } = working(failing);
    work.start();
    await over;
    await work.stop(1000);
    expect(lines).toHaveLength(1);
  });

  it('is stopped once, whoever does it', async () => {
    let stops = 0;
    const { work } = working(async () => ({ ...steady, stop: async () => void (stops += 1) }));
    await (await work.running()).stop(1000);
    await work.stop(1000);
    expect(stops).toBe(1);
  });
});

/** Until what is due has run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
