import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { RequestValidationError, type Of, type Type } from 'vivace';
import { checkRoundTrip, shapeOf, type AfterCommit, type Gauge, type Shape } from 'vivace/extend';
import { isDown } from '../client/redis-down';
import { milliseconds } from '../seconds';
import { Cache, type CacheFor } from './cache';
import { ANYWHERE, checkNotWithin, placeOf, within, type Occasion } from './making';
import type { MethodCache } from './method-cache';
import type { Entry, Keeper, Kept, Turn } from './keeper';

/** Milliseconds between two looks at what somebody else makes: the first, and the longest. */
const LOOKS = { first: 10, longest: 100 };

/** A value that is being made in this process, as the text that is kept. */
interface Flight {
  readonly entry: Entry;
  readonly text: Promise<string | undefined>;
}

/** The cache of a server. */
export class ServerCache extends Cache implements MethodCache {
  readonly #keeper: Keeper;
  readonly #log: () => FastifyBaseLogger | undefined;
  /** By type and key. */
  readonly #flights = new Map<string, Flight>();
  /** Of types that were named before, by the value that names them. */
  readonly #shapes = new WeakMap<object, { readonly shape: Shape; readonly name: string }>();
  #away = false;
  readonly #reads = { fresh: 0, stale: 0, none: 0 };

  constructor(keeper: Keeper, log: () => FastifyBaseLogger | undefined) {
    super();
    this.#keeper = keeper;
    this.#log = log;
  }

  override of<const X extends Type>(
    type: X,
    key: string,
    options: CacheFor,
    make: () => Promise<Of<X>>,
    occasion?: Occasion,
  ): Promise<Of<X>> {
    const { shape, name } = this.#shapes.get(type) ?? this.#shapeOf(type);
    return this.ofShape(shape, name, key, options, make, occasion) as Promise<Of<X>>;
  }

  #shapeOf(type: Type) {
    const shape = shapeOf(type);
    checkRoundTrip(shape);
    const known = { shape, name: shape.name };
    this.#shapes.set(type, known);
    return known;
  }

  async ofShape(
    shape: Shape,
    name: string,
    key: string,
    { seconds, stale = 0, tags = [] }: CacheFor,
    make: () => Promise<unknown>,
    { transaction, isForgotten }: Occasion = ANYWHERE,
  ): Promise<unknown> {
    const longer = stale === 0 ? 0 : milliseconds('stale', stale);
    // Made anew by one caller each time, and given to the others meanwhile.
    const time = seconds === 0 && longer > 0 ? 0 : milliseconds('seconds', seconds);
    const entry: Entry = { type: name, key, tags, stale: longer };
    if (isForgotten) return this.#madeApart(entry, shape, make);
    const kept = await this.#read(entry, shape);
    this.#reads[kept === undefined ? 'none' : kept.fresh ? 'fresh' : 'stale'] += 1;
    if (kept?.fresh === true) return kept.value;
    if (kept !== undefined && this.#flights.has(placeOf(entry))) return kept.value;
    checkNotWithin(entry);
    if (transaction !== undefined && !this.#flights.has(placeOf(entry)))
      if (await transaction.hasBegun())
        return this.#madeApart(entry, shape, make, { transaction, time });
    const flight =
      this.#flights.get(placeOf(entry)) ??
      this.#start(entry, shape, time, kept !== undefined, make);
    const text = await flight.text;
    // Each caller has a value of its own.
    if (text !== undefined) return shape.read(text);
    return kept?.value;
  }

  override async forget(...keys: readonly string[]): Promise<void> {
    await this.forgetAll({ keys });
  }
  override async forgetTag(tag: string): Promise<void> {
    await this.forgetAll({ tags: [tag] });
  }

  /** How often it was asked since the start, by what was there. */
  gauges(): readonly Gauge[] {
    const help = 'How often the cache was asked for a value since the start, by what was there';
    return Object.entries(this.#reads).map(([kept, value]) => ({
      name: 'cache_reads',
      help,
      labels: { kept },
      value,
    }));
  }

  /** Who asks from now on does not get what is being made. */
  async forgetAll({
    keys = [],
    tags = [],
  }: {
    readonly keys?: readonly string[];
    readonly tags?: readonly string[];
  }): Promise<void> {
    for (const [place, { entry }] of this.#flights)
      if (keys.includes(entry.key) || tags.some((tag) => entry.tags.includes(tag)))
        this.#flights.delete(place);
    await this.#keeper.forget({ keys, tags });
  }

  #start(
    entry: Entry,
    shape: Shape,
    time: number,
    hasOld: boolean,
    make: () => Promise<unknown>,
  ): Flight {
    const place = placeOf(entry);
    const flight: Flight = {
      entry,
      text: this.#made(entry, shape, hasOld, make, spread(time, entry)).finally(() => {
        if (this.#flights.get(place) === flight) this.#flights.delete(place);
      }),
    };
    this.#flights.set(place, flight);
    return flight;
  }

  /**
   * Made of what others may not see yet: given to nobody else, and kept with the commit.
   *
   * @param kept how long; never where nothing is said
   */
  async #madeApart(
    entry: Entry,
    shape: Shape,
    make: () => Promise<unknown>,
    kept?: { readonly transaction: AfterCommit; readonly time: number },
  ): Promise<unknown> {
    checkNotWithin(entry);
    const turn = kept && (await this.#begin(entry));
    let text: string | undefined;
    try {
      const value = await within(entry, make);
      if (value !== undefined) text = shape.write(value);
    } finally {
      await this.#trying(async () => turn?.end());
    }
    if (text === undefined) return undefined;
    const made = text;
    if (turn !== undefined)
      kept!.transaction.afterCommit(() =>
        this.#trying(() => turn.keep(made, spread(kept!.time, entry))),
      );
    return shape.read(made);
  }

  /** Undefined: nothing was made, or somebody else makes it and there is an old one meanwhile. */
  async #made(
    entry: Entry,
    shape: Shape,
    hasOld: boolean,
    make: () => Promise<unknown>,
    milliseconds: number,
  ): Promise<string | undefined> {
    for (let pause = LOOKS.first; ; pause = Math.min(2 * pause, LOOKS.longest)) {
      const turn = await this.#begin(entry);
      if (turn !== undefined)
        return this.#make(turn, shape, () => within(entry, make), milliseconds);
      if (hasOld) return undefined;
      await setTimeout(pause, undefined, { ref: false });
      const kept = await this.#read(entry, shape);
      if (kept !== undefined) return kept.text;
    }
  }

  async #make(
    turn: Turn,
    shape: Shape,
    make: () => Promise<unknown>,
    milliseconds: number,
  ): Promise<string | undefined> {
    let text: string | undefined;
    try {
      const value = await make();
      if (value !== undefined) text = shape.write(value);
    } finally {
      await this.#trying(() => (text === undefined ? turn.end() : turn.keep(text, milliseconds)));
    }
    return text;
  }

  async #read(entry: Entry, shape: Shape) {
    let kept: Kept | undefined;
    try {
      kept = await this.#keeper.read(entry);
      this.#away = false;
    } catch (error) {
      this.#tellAway(error as Error);
    }
    if (kept === undefined) return undefined;
    const { text, fresh } = kept;
    try {
      return { text, fresh, value: shape.read(text) };
    } catch (error) {
      if (error instanceof RequestValidationError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Where Redis is away, it is everybody's turn. */
  async #begin(entry: Entry): Promise<Turn | undefined> {
    const asked = await this.#trying(async () => ({ turn: await this.#keeper.begin(entry) }));
    return asked === undefined ? NOT_KEPT : asked.turn;
  }

  /** Told once of each time that Redis is away: what is kept makes an answer faster, not possible. */
  async #trying<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask();
      this.#away = false;
      return answer;
    } catch (error) {
      this.#tellAway(error as Error);
      return undefined;
    }
  }

  #tellAway(error: Error): void {
    if (!isDown(error)) throw error;
    if (!this.#away) this.#log()?.warn({ err: error }, 'Nothing is cached while Redis is away');
    this.#away = true;
  }
}

/** Milliseconds: a tenth more or less, so that what was made together does not end together. */
const spread = (time: number, { stale }: Entry): number =>
  time * (0.9 + 0.2 * Math.random()) + stale;

const NOT_KEPT: Turn = { keep: async () => undefined, end: async () => undefined };
