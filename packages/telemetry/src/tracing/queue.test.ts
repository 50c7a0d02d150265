import { setImmediate as turn } from 'node:timers/promises';
import { SpanQueue } from './queue';
import { SpanTracer } from './tracer';

/** A collector that answers when it is told to. */
class Collector {
  readonly messages: Uint8Array[] = [];
  #answer: ((why?: string) => void) | undefined;

  send(body: Uint8Array): Promise<string | undefined> {
    this.messages.push(body);
    return new Promise((resolve) => (this.#answer = resolve));
  }
  async answer(why?: string): Promise<void> {
    this.#answer?.(why);
    await turn();
  }
  close(): void {}

  /** How many spans each message had. */
  get counts(): readonly number[] {
    return this.messages.map((body) => Buffer.from(body).toString().split('"spanId"').length - 1);
  }
}

function opened() {
  const collector = new Collector();
  const lost: [number, string][] = [];
  const settings = { redact: new Set<string>(), resource: {} };
  const queue = new SpanQueue(collector, settings, (spans, why) => lost.push([spans, why]));
  const scope = { name: 'test', version: undefined };
  const sampler = { ratio: 1, parentBased: true };
  const tracer = new SpanTracer(scope, sampler, (span) => queue.add(span));
  const end = (spans: number): void => {
    for (let span = 0; span < spans; span++) tracer.startSpan('one').end();
  };
  return { collector, lost, queue, end };
}

describe('spans on their way to a collector', () => {
  it('leave in full messages, however quickly those are taken', async () => {
    const { collector, queue, end } = opened();
    for (let request = 0; request < 1500; request++) {
      end(1);
      if (request % 20 === 0) await collector.answer();
    }
    expect(collector.counts).toEqual([512, 512]);
    const closed = queue.close();
    await collector.answer();
    await collector.answer();
    await closed;
    expect(collector.counts).toEqual([512, 512, 476]);
  });

  it('are dropped and counted where too many wait, and where they are not taken', async () => {
    const { collector, lost, end } = opened();
    end(512);
    end(2048);
    expect(lost).toEqual([]);
    end(3);
    expect(lost).toEqual(Array.from({ length: 3 }, () => [1, 'the buffer is full']));
    await collector.answer('it answered 503');
    expect(lost.at(-1)).toEqual([512, 'it answered 503']);
    expect(collector.counts).toEqual([512, 512]);
  });

  it('are sent when a server closes, and those that are ended after it are counted', async () => {
    const { collector, lost, queue, end } = opened();
    end(3);
    const closed = queue.close();
    await collector.answer();
    await closed;
    expect(collector.counts).toEqual([3]);
    end(1);
    expect(lost).toEqual([[1, 'the server is closed']]);
  });
});
