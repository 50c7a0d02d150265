import {
  SpanStatusCode,
  type Attributes,
  type AttributeValue,
  type Exception,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  type TimeInput,
} from '@opentelemetry/api';
import { cleanAttributes, isTimeInput } from '@opentelemetry/core';
import { now, timeOf, wallAt } from './clock';

/** Attributes, events and links that a span keeps at most: the defaults of OpenTelemetry. */
const MOST = 128;
const LIMITS = { attributeCountLimit: MOST, attributeValueLengthLimit: Infinity };
const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

/** Who makes spans: a library, or the program. */
export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
}

/** What happened within a span. */
export interface SpanEvent {
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly attributes: Attributes;
}

/** How much of what was said of a span it had no room for. */
export interface Dropped {
  attributes: number;
  events: number;
  links: number;
}

/** What is known of a span when it begins. */
export interface Beginning {
  readonly name: string;
  readonly scope: Scope;
  readonly context: SpanContext;
  readonly parent: SpanContext | undefined;
  readonly kind: SpanKind;
  /** The same object for all spans of their kind, so that it is written once; it is never changed. */
  readonly constants: Attributes | undefined;
  readonly attributes: Attributes | undefined;
  readonly links: readonly Link[] | undefined;
  readonly startTime: TimeInput | undefined;
}

/**
 * A span that is kept, by the interface of OpenTelemetry. It is one of ours, since a request pays for one for all that
 * it does, and that of the SDK looks for circles in each of its values.
 */
export class RecordingSpan implements Span {
  readonly #beginning: Beginning;
  readonly #ended: (span: RecordingSpan) => void;
  /** By the clock of the process, so that no time is negative. */
  readonly #begun: number;
  readonly #start: number;
  #name: string;
  #end = NaN;
  #status = UNSET;
  #constants: Attributes | undefined;
  readonly #attributes: Attributes = {};
  #count = 0;
  #events: SpanEvent[] | undefined;
  #links: Link[] | undefined;
  #dropped: Dropped | undefined;

  /** @param ended told of its end */
  constructor(beginning: Beginning, ended: (span: RecordingSpan) => void) {
    const { name, constants, attributes, links, startTime } = beginning;
    this.#beginning = beginning;
    this.#ended = ended;
    this.#name = name;
    this.#begun = performance.now();
    this.#start = startTime === undefined ? wallAt(this.#begun) : timeOf(startTime);
    if (constants !== undefined) {
      this.#constants = constants;
      this.#count = Object.keys(constants).length;
    }
    if (attributes !== undefined) this.setAttributes(attributes);
    if (links !== undefined && links.length > 0) this.addLinks(links);
  }

  get beginning(): Beginning {
    return this.#beginning;
  }
  get name(): string {
    return this.#name;
  }
  /** In milliseconds since 1970, as is `end`. */
  get startTime(): number {
    return this.#start;
  }
  get endTime(): number {
    return this.#end;
  }
  get status(): SpanStatus {
    return this.#status;
  }
  /** With those that are no constants any more. */
  get attributes(): Attributes {
    return this.#attributes;
  }
  get constants(): Attributes | undefined {
    return this.#constants;
  }
  get events(): readonly SpanEvent[] {
    return this.#events ?? [];
  }
  get links(): readonly Link[] {
    return this.#links ?? [];
  }

  /** Undefined where nothing was. */
  get dropped(): Readonly<Dropped> | undefined {
    return this.#dropped;
  }

  spanContext(): SpanContext {
    return this.#beginning.context;
  }

  isRecording(): boolean {
    return Number.isNaN(this.#end);
  }

  setAttribute(key: string, value: AttributeValue): this {
    if (!this.isRecording() || value === undefined) return this;
    if (this.#constants !== undefined && Object.hasOwn(this.#constants, key)) this.#vary();
    const isNew = !Object.hasOwn(this.#attributes, key);
    const kept = key === '' || (isNew && this.#count === MOST) ? undefined : keptOf(value);
    if (kept === undefined) return this.#drop('attributes');
    this.#attributes[key] = kept;
    if (isNew) this.#count += 1;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const key of Object.keys(attributes)) this.setAttribute(key, attributes[key]);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (!this.isRecording()) return this;
    const [attributes, at] = isTimeInput(attributesOrTime)
      ? [undefined, time ?? attributesOrTime]
      : [attributesOrTime, time];
    const event = {
      name,
      time: at === undefined ? this.#now : timeOf(at),
      attributes: cleanAttributes(attributes, LIMITS).attributes ?? {},
    };
    return this.#push('events', (this.#events ??= []), event);
  }

  addLink({ context, attributes }: Link): this {
    if (!this.isRecording()) return this;
    const link = { context, attributes: cleanAttributes(attributes, LIMITS).attributes ?? {} };
    return this.#push('links', (this.#links ??= []), link);
  }

  addLinks(links: readonly Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  /** What is said to be well is not taken back, and only errors have a message. */
  setStatus({ code, message }: SpanStatus): this {
    if (!this.isRecording() || code === SpanStatusCode.UNSET) return this;
    if (this.#status.code === SpanStatusCode.OK) return this;
    const said = code === SpanStatusCode.ERROR && typeof message === 'string';
    this.#status = said ? { code, message } : { code };
    return this;
  }

  updateName(name: string): this {
    if (this.isRecording()) this.#name = name;
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const { code, name, message, stack } =
      typeof exception === 'string' ? { message: exception } : ((exception ?? {}) as Thrown);
    const type = code ? String(code) : name;
    if (!type && !message) return;
    const attributes = {
      ...(type && { 'exception.type': type }),
      ...(message && { 'exception.message': message }),
      ...(stack && { 'exception.stacktrace': stack }),
    };
    this.addEvent('exception', attributes, time);
  }

  end(time?: TimeInput): void {
    if (!this.isRecording()) return;
    this.#end = Math.max(this.#start, time === undefined ? this.#now : timeOf(time));
    this.#ended(this);
  }

  /** A program may set what is the same for all others. */
  #vary(): void {
    const constants = this.#constants!;
    this.#constants = undefined;
    this.#count -= Object.keys(constants).length;
    this.setAttributes(constants);
  }

  /** The last ones are kept. */
  #push<T>(what: keyof Dropped, list: T[], item: T): this {
    list.push(item);
    if (list.length <= MOST) return this;
    list.shift();
    return this.#drop(what);
  }

  #drop(what: keyof Dropped): this {
    this.#dropped ??= { attributes: 0, events: 0, links: 0 };
    this.#dropped[what] += 1;
    return this;
  }

  get #now(): number {
    return this.#beginning.startTime === undefined
      ? this.#start + performance.now() - this.#begun
      : now();
  }
}

interface Thrown {
  readonly code?: string | number;
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
}

/** A copy of a value that can be sent; undefined for what cannot. */
function keptOf(value: AttributeValue): AttributeValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return cleanAttributes({ value }, LIMITS).attributes?.['value'];
}
