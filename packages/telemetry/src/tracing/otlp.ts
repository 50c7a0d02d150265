import type { Attributes, Link, SpanContext } from '@opentelemetry/api';
import { isRedacted } from '../logs/redaction';
import type { Dropped, RecordingSpan, SpanEvent } from './recording-span';

/** Names of attributes that are remembered: a program that makes them of what clients send does not fill the memory. */
const REMEMBERED = 1000;
/** What OTLP adds to the flags of a span: whether it says where its parent is, or where a link leads, and whether that is another process. */
const FLAGS = { says: 256, remote: 512 };

interface Name {
  readonly head: string;
  readonly hidden: boolean;
}

/** Writes spans as JSON of OTLP. By hand, as they end: each costs a request something, and what is text is nothing that has to be kept alive. */
export class SpanWriter {
  readonly #hidden: ReadonlySet<string>;
  readonly #names = new Map<string, Name>();

  /** @param hidden names of attributes that are never shown */
  constructor(hidden: ReadonlySet<string>) {
    this.#hidden = hidden;
  }

  span(span: RecordingSpan): string {
    const { name, startTime, endTime, status, events, links, dropped } = span;
    const { kind, context, parent } = span.beginning;
    const inside = parent === undefined ? '' : `"parentSpanId":"${parent.spanId}",`;
    const message =
      status.message === undefined ? '' : `,"message":${JSON.stringify(status.message)}`;
    return (
      `{${idsOf(context)},${inside}"name":${quoted(name)},"kind":${kind + 1},` +
      `"startTimeUnixNano":"${nanoseconds(startTime)}","endTimeUnixNano":"${nanoseconds(endTime)}",` +
      `"attributes":${this.attributes(span.attributes)},"status":{"code":${status.code}${message}},` +
      `"events":[${this.#list(events, this.#event)}],` +
      `"links":[${this.#list(links, this.#link)}],"flags":${flagsOf(context, parent)}${droppedText(dropped)}}`
    );
  }

  attributes(attributes: Attributes = {}): string {
    return this.#fields(attributes);
  }

  /** Most spans have none of them. */
  #list<T>(items: readonly T[], write: (item: T) => string): string {
    return items.length === 0 ? '' : items.map(write, this).join();
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
      const { head, hidden } = this.#names.get(name) ?? this.#nameOf(name);
      text += `${text === '' ? '' : ','}${head}${hidden ? HIDDEN : this.#value(value)}}`;
    }
    return `[${text}]`;
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
    return `{"kvlistValue":{"values":${this.#fields(value as Readonly<Record<string, unknown>>)}}}`;
  }

  #nameOf(name: string): Name {
    const known = {
      head: `{"key":${JSON.stringify(name)},"value":`,
      hidden: isRedacted(this.#hidden, name),
    };
    if (this.#names.size < REMEMBERED) this.#names.set(name, known);
    return known;
  }
}

const MILLION = 1e6;
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

/** Of milliseconds since 1970, which have more digits than a number of nanoseconds could. */
function nanoseconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  // Of a number between one and two million all digits but the first.
  return whole + `${MILLION + Math.floor((milliseconds - whole) * MILLION)}`.slice(1);
}
