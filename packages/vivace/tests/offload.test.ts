import { pathToFileURL } from 'node:url';
import { offload, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { TooLarge } from './offloaded/errors';

const PATH = require.resolve('./offloaded/work');
const { total, kilobytes, thread, refuse, fail, endless } =
  offload<typeof import('./offloaded/work.js')>(PATH);

/** What a promise rejects with. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
/** Memory that a thread writes to when it begins. */
const started = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4));

describe('offload', () => {
  it('runs the functions of a module on another thread, with copies of arguments and result', async () => {
    expect(await total([1, 2, 3])).toEqual({ total: 6 });
    expect(await kilobytes(2)).toBe(2048);
    expect((await thread()).isMain).toBe(false);
  });

  it('knows the module by its path, address or the text of its address, in TypeScript and as it is built', async () => {
    const url = pathToFileURL(PATH);
    const built = new URL(url.href.replace(/ts$/, 'js'));
    for (const module of [PATH, url, url.href, built]) {
      const work = offload<typeof import('./offloaded/work.js')>(module);
      expect(await work.total([4])).toEqual({ total: 4 });
    }
  });

  it('checks arguments and results, and gives functions only', () => {
    const wrong = (): unknown[] => [
      // @ts-expect-error: numbers are wanted
      total(['1']),
      // @ts-expect-error: it is a promise
      thread().isMain,
      // @ts-expect-error: it is no function
      offload<typeof import('./offloaded/work.js')>(PATH).LIMIT,
    ];
    expect(wrong).toBeInstanceOf(Function);
  });

  it('may be awaited itself', async () => {
    const work = await Promise.resolve(offload<typeof import('./offloaded/work.js')>(PATH));
    expect(await work.total([])).toEqual({ total: 0 });
  });

  it('rejects with an error of its class, with its message, stack, cause and fields', async () => {
    const error = (await reasonOf(refuse(8))) as TooLarge;
    expect(error).toBeInstanceOf(TooLarge);
    expect(error).toMatchObject({ name: 'TooLarge', message: '8 bytes are too many', size: 8 });
    expect(error.half).toBe(4);
    expect(error.cause).toBeInstanceOf(RangeError);
    expect((error.cause as RangeError).message).toBe('more than there is');
    // The line of the source, not of what it was compiled to.
    expect(error.stack).toMatch(/at refuse \(.*work\.ts:24:\d+\)/);
  });

  it('rejects with what is thrown otherwise', async () => {
    expect(await reasonOf(fail('range'))).toBeInstanceOf(RangeError);
    expect(await reasonOf(fail('text'))).toBe('only a text');
    const system = await reasonOf(fail('system'));
    expect(system).toBeInstanceOf(Error);
    expect(system).toMatchObject({ message: 'no such file', code: 'ENOENT' });
    // A class that is exported nowhere is known by the one that it extends.
    const hidden = await reasonOf(fail('private'));
    expect(hidden).toBeInstanceOf(TooLarge);
    expect(hidden).toMatchObject({ name: 'Private', size: 1 });
  });

  it('stops the work when a signal among the arguments is aborted', async () => {
    const begun = started();
    const abort = new AbortController();
    const work = reasonOf(endless(begun.buffer, abort.signal));
    // The function has a signal, too.
    await Atomics.waitAsync(begun, 0, 0).value;
    expect(begun[0]).toBe(2);
    const reason = new Error('nobody waits any more');
    abort.abort(reason);
    expect(await work).toBe(reason);
    expect(await reasonOf(endless(begun.buffer, abort.signal))).toBe(reason);
    expect(await total([1])).toEqual({ total: 1 });
  });

  it('ends its threads with the last server, and starts others for who asks again', async () => {
    const begun = started();
    let work: Promise<unknown>;
    {
      await using first = await testClient(new Vivace());
      {
        await using _second = await testClient(new Vivace());
        work = reasonOf(endless(begun.buffer));
        await Atomics.waitAsync(begun, 0, 0).value;
      }
      expect(await total([2])).toEqual({ total: 2 });
      expect((await first.get('/docs')).status).toBe(200);
    }
    expect(await work).toBeInstanceOf(Error);
    expect(await total([3])).toEqual({ total: 3 });
  });

  it('says what is wrong with a module or a name', async () => {
    expect(() => offload('./work.js')).toThrow(
      "offload('./work.js'): a path begins at the root: write new URL('./work.js', import.meta.url), or require.resolve('./work.js') in CommonJS.",
    );
    expect(() => offload(`${PATH}.js`)).toThrow(
      /^offload\('.*work\.ts\.js'\): there is no such file/,
    );
    const { lost } = offload<{ lost(): void }>(PATH);
    await expect(lost()).rejects.toThrow(
      /work\.ts exports no function 'lost', only endless, fail, kilobytes, refuse, thread, total\.$/,
    );
    await expect(total([1, (() => 2) as unknown as number])).rejects.toThrow('could not be cloned');
  });
});
