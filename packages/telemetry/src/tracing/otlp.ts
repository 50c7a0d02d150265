import type { Attributes, Link, SpanContext } from '@opentelemetry/api';
import { isRedacted } from '../logs/redaction';
import { Remembered } from '../remembered';
import type { Dropped, RecordingSpan, SpanEvent } from './recording-span';

/** What OTLP adds to the flags of a span: whether it says where its parent is, or where a link leads, and whether that is another process. */
const FLAGS = { says: 256, remote: 512 };

interface Name {
  readonly head: string;
  readonly hidden: boolean;
}

/** Writes spans as JSON of OTLP. By hand: each that is kept costs a request something. */
export class SpanWriter {
  readonly #names: Remembered<Name>;
  readonly #titles = new Remembered((title) => `"name":${quoted(title)},"kind":`);
  readonly #constants = new WeakMap<Attributes, string>();

  /** @param hidden names of attributes that are never shown */
  constructor(hidden: ReadonlySet<string>) {
    this.#names = new Remembered((name) => ({
      head: `{"key":${JSON.stringify(name)},"value":`,
      hidden: isRedacted(hidden, name),
    }));
  }

  span(span: RecordingSpan): string {
    const { name, startTime, endTime, status, dropped } = span;
    const { kind, context, parent } = span.beginning;
    const inside = parent === undefined ? '' : `"parentSpanId":"${parent.spanId}",`;
    const message =
      status.message === undefined ? '' : `,"message":${JSON.stringify(status.message)}`;
    return (
      `{${idsOf(context)},${inside}${this.#titles.of(name)}${kind + 1},` +
      `"startTimeUnixNano":"${nanoseconds(startTime)}","endTimeUnixNano":"${nanoseconds(endTime)}",` +
      `"attributes":[${this.#attributesOf(span)}],"status":{"code":${status.code}${message}},` +
      `${this.#listsOf(span)}"flags":${flagsOf(context, parent)}${droppedText(dropped)}}`
    );
  }

  attributes(attributes: Attributes = {}): string {
    return `[${this.#fields(attributes)}]`;
  }

  #attributesOf({ constants, attributes }: RecordingSpan): string {
    const own = this.#fields(attributes);
    if (constants === undefined) return own;
    let known = this.#constants.get(constants);
    if (known === undefined) this.#constants.set(constants, (known = this.#fields(constants)));
    return own === '' ? known : `${known},${own}`;
  }

  #listsOf({ events, links }: RecordingSpan): string {
    if (events.length === 0 && links.length === 0) return NO_LISTS;
    return `"events":[${this.#list(events, this.#event)}],"links":[${this.#list(links, this.#link)}],`;
  }

  #list<T>(items: readonly T[], write: (item: T) => string): string {
    return items.map(write, this).join();
  }

  #event({ name, time, attributes }: SpanEvent): string {
    return `{"timeUnixNano":"${nanoseconds(time)}","name":${quoted(name)},"attributes":${this.attributes(attributes)}}`;
  }

  #link({ context, attributes }: Link): string {
    return `{${idsOf(context)},"attributes":${this.attributes(attributes)},"flags":${flagsOf(context, context)}}`;
  }

  #fields(fields: Readonly<Record<string, unknown>>): string {
    let text = '';
    for (const name of Object.keys(fields)) {
      const value = fields[name];
      const { head, hidden } = this.#names.of(name);
      text += `${text === '' ? '' : ','}${head}${hidden ? HIDDEN : this.#value(value)}}`;
    }
    return text;
  }

  #value(value: unknown): string {
    if (typeof value === 'string') return `{"stringValue":${quoted(value)}}`;
    if (typeof value === 'boolean') return `{"boolValue":${value}}`;
    if (typeof value === 'number') return numberText(value);
    if (value instanceof Uint8Array)
      return `{"bytesValue":"${Buffer.from(value).toString('base64')}"}`;
    if (Array.isArray(value))
      return `{"arrayValue":{"values":[${value.map((item) => this.#value(item)).join()}]}}`;
    if (typeof value !== 'object' || value === null) return '{}';
    return `{"kvlistValue":{"values":[${this.#fields(value as Readonly<Record<string, unknown>>)}]}}`;
  }
}

/** Most spans have none of them. */
const NO_LISTS = '"events":[],"links":[],';
const MILLION = 1e6;
const BILLION = 1e9;
const HIDDEN = '{"stringValue":"[redacted]"}';

/** Most texts need nothing but quotes. */
function quoted(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return `{"intValue":${value}}`;
  // What JSON has no number for is a text in OTLP.
  return `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`;
}

function idsOf({ traceId, spanId, traceState }: SpanContext): string {
  const state =
    traceState === undefined ? '' : `,"traceState":${JSON.stringify(traceState.serialize())}`;
  return `"traceId":"${traceId}","spanId":"${spanId}"${state}`;
}

/** @param whose whether it is of another process */
function flagsOf({ traceFlags }: SpanContext, whose: SpanContext | undefined): number {
  return (traceFlags & 255) | FLAGS.says | (whose?.isRemote === true ? FLAGS.remote : 0);
}

function droppedText(dropped: Readonly<Dropped> | undefined): string {
  if (dropped === undefined) return '';
  const { attributes, events, links } = dropped;
  return `,"droppedAttributesCount":${attributes},"droppedEventsCount":${events},"droppedLinksCount":${links}`;
}

let second = NaN;
let secondText = '';

/** Of milliseconds since 1970, which have more digits than a number of nanoseconds could. */
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000);
  // Most are of the same second as the one before.
  if (whole !== second) [second, secondText] = [whole, String(whole)];
  // Of a number between one and two billion all digits but the first.
  const rest = Math.floor((milliseconds - whole * 1000) * MILLION);
  return secondText + String(BILLION + rest).slice(1);
}
