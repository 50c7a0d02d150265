import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { FieldValidator, type int, type Secret } from 'vivace';
import type { Channels } from '../channels/channels';

export class ChannelMessage {
  id!: int;
  at!: Date;
}
export class PickyMessage {
  id!: int;
  @FieldValidator('id')
  static check(id: int): int {
    if (id === 1) throw new TypeError('not one');
    return id;
  }
}
export class SecretMessage {
  token!: Secret<string>;
}
/** A message as the program writes it, and one that does not fit. */
const message = (id: number) => ({ id: id as int, at: new Date(1000) }) satisfies ChannelMessage;
const END = -1;

const CHECKS: Readonly<Record<string, (channels: Channels) => Promise<void>>> = {
  async 'what is published after a subscription was awaited is heard, by all, in its order'(
    channels,
  ) {
    const heard = await Promise.all([
      channels.subscribe('news', ChannelMessage),
      channels.subscribe('news', ChannelMessage),
    ]);
    for (const id of [1, 2, 3]) await channels.publish('news', message(id));
    for (const each of heard) {
      const messages = await first(3, each);
      deepEqual(
        messages.map(({ id }) => id),
        [1, 2, 3],
      );
      ok(messages.every((one) => one instanceof ChannelMessage && one.at.getTime() === 1000));
    }
  },
  async 'other channels are not heard, nor what was published before'(channels) {
    await channels.publish('news', message(1));
    const heard = await channels.subscribe('news', ChannelMessage);
    await channels.publish('weather', message(2));
    await channels.publish('news', message(3));
    deepEqual(await ids(1, heard), [3]);
  },
  async 'what does not fit is left out'(channels) {
    const heard = await channels.subscribe('news', ChannelMessage);
    await channels.publish('news', { id: 'one' });
    await channels.publish('news', message(2));
    deepEqual(await ids(1, heard), [2]);
  },
  async 'a mistake in what reads messages is nobody else’s'(channels) {
    const heard = await channels.subscribe('picky', PickyMessage);
    for (const id of [1, 2]) await channels.publish('picky', { id });
    for await (const { id } of heard) {
      equal(id, 2);
      break;
    }
  },
  async 'a message that would not come back as it was published is refused'(channels) {
    throws(() => channels.subscribe('secrets', SecretMessage), /ONE_WAY_TYPE/);
  },
  async 'the signal ends it, also one that is aborted already'(channels) {
    const ending = new AbortController();
    const heard = await channels.subscribe('news', ChannelMessage, ending.signal);
    await channels.publish('news', message(1));
    const got: number[] = [];
    for await (const { id } of heard) {
      got.push(id);
      ending.abort();
    }
    for await (const _ of channels.subscribe('news', ChannelMessage, ending.signal))
      throw new Error('Nothing is heard any more.');
    deepEqual(got, [1]);
  },
  async 'a slow listener loses the oldest, and is told how many'(channels) {
    const slow = await channels.subscribe('flood', ChannelMessage);
    const quick = await channels.subscribe('flood', ChannelMessage);
    for (let id = 0; id < 1100; id += 1) await channels.publish('flood', message(id));
    await channels.publish('flood', message(END));
    for await (const { id } of quick) if (id === END) break;
    const [oldest] = await ids(1, slow);
    deepEqual([oldest, slow.dropped], [101, 101]);
    equal(quick.dropped > 101, false);
  },
  async 'a channel without listeners takes messages, too'(channels) {
    await channels.publish('nobody', message(1));
  },
};

/**
 * The checks that all channels have to pass, by name.
 *
 * @param create gives channels that nobody else uses
 * @example
 * for (const [name, check] of Object.entries(channelsContract(() => new MyChannels()))) test(name, check);
 */
export function channelsContract(
  create: () => Channels | Promise<Channels>,
): Readonly<Record<string, () => Promise<void>>> {
  return Object.fromEntries(
    Object.entries(CHECKS).map(([name, check]) => [name, async () => check(await create())]),
  );
}

async function first(
  count: number,
  heard: AsyncIterable<ChannelMessage>,
): Promise<ChannelMessage[]> {
  const got: ChannelMessage[] = [];
  for await (const one of heard) if (got.push(one) === count) break;
  return got;
}

async function ids(count: number, heard: AsyncIterable<ChannelMessage>): Promise<number[]> {
  return (await first(count, heard)).map(({ id }) => id);
}
