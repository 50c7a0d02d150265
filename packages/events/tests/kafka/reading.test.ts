import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { TextMessage } from '../../src/kafka/message';
import { Reading, type TextStream } from '../../src/kafka/reading';

/** A stream as the client has one: what is pushed arrives. */
class Source extends Readable {
  constructor() {
    super({ objectMode: true, read: () => undefined });
  }
  close(): Promise<void> {
    this.destroy();
    return Promise.resolve();
  }
}

/** What the streams of a reading bring, each offset as it arrives. */
function reading() {
  const sources: Source[] = [];
  const offsets: bigint[] = [];
  const opened = (): TextStream => {
    sources.push(new Source());
    return sources.at(-1) as unknown as TextStream;
  };
  const one = new Reading(
    opened(),
    async () => opened(),
    ({ offset }: TextMessage) => void offsets.push(offset),
  );
  const arrives = async (source: number, offset: bigint): Promise<void> => {
    sources[source]!.push({ offset });
    await setImmediate();
  };
  return { one, sources, offsets, arrives };
}

describe('what a member of a group reads', () => {
  it('is, after its group has been balanced, nothing that was asked for before', async () => {
    const { one, sources, offsets, arrives } = reading();
    await arrives(0, 1n);
    one.renew();
    await arrives(0, 2n);
    await arrives(1, 2n);
    expect(offsets).toEqual([1n, 2n]);
    expect(sources.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  });

  it('begins once more where the group is balanced again meanwhile', async () => {
    const { one, sources, offsets, arrives } = reading();
    one.renew();
    one.renew();
    await setImmediate();
    expect(sources.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
    await arrives(2, 1n);
    expect(offsets).toEqual([1n]);
  });

  it('is nothing more once it was paused, also after the group has been balanced', async () => {
    const { one, offsets, arrives } = reading();
    one.pause();
    one.renew();
    await setImmediate();
    await arrives(1, 1n);
    expect(offsets).toEqual([]);
  });

  it('goes on where the stream of before does not close', async () => {
    const { one, sources, offsets, arrives } = reading();
    sources[0]!.close = () => new Promise<void>(() => undefined);
    one.renew();
    await setImmediate();
    one.renew();
    await setImmediate();
    await arrives(2, 1n);
    expect(offsets).toEqual([1n]);
  });

  it('has ended with a stream that breaks, and not with one that was given up', async () => {
    const { one, sources } = reading();
    one.renew();
    await setImmediate();
    const ended = one.ended;
    sources[1]!.destroy(new Error('broken'));
    await expect(ended).resolves.toThrow('broken');
  });
});
