import { createTraceState, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { redactedNames } from '../logs/redaction';
import { SpanMessage } from './message';
import { SpanWriter } from './otlp';

const ID = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const resource = resourceFromAttributes({ 'service.name': 'shop "one"', 'service.copies': 2 });

function span(said: Partial<ReadableSpan> & { readonly id?: object } = {}): ReadableSpan {
  const { id, ...rest } = said;
  return {
    name: 'GET /orders/:id',
    kind: SpanKind.SERVER,
    spanContext: () => ({ ...ID, traceFlags: TraceFlags.SAMPLED, ...id }),
    startTime: [1_764_500_000, 7],
    endTime: [1_764_500_000, 123_456_789],
    duration: [0, 123_456_782],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'vivace' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    recordEndMetrics: undefined,
    ...rest,
  } as ReadableSpan;
}

const traceState = createTraceState('vendor=1,other="2"');
const parentSpanContext = { ...ID, spanId: '00f067aa0ba902b7', traceFlags: TraceFlags.SAMPLED };
/** What a span may be. */
const SPANS: Readonly<Record<string, ReadableSpan>> = {
  plain: span(),
  'of a parent here': span({ parentSpanContext, kind: SpanKind.INTERNAL }),
  'of a parent elsewhere': span({ parentSpanContext: { ...parentSpanContext, isRemote: true } }),
  'with a state': span({ id: { traceState } }),
  failed: span({ status: { code: SpanStatusCode.ERROR, message: 'no "price"\n' } }),
  'with attributes': span({
    attributes: {
      text: 'a "b" \\ \u2028 \ud83d\ude00 \ud800',
      'na"me': '',
      whole: -3,
      half: 0.5,
      yes: true,
      no: false,
      list: ['a', 'b'],
      numbers: [1, 2.5],
      none: undefined,
    },
    droppedAttributesCount: 3,
  }),
  'with events': span({
    events: [
      { name: 'exception', time: [1, 2], attributes: { 'exception.message': 'x' } },
      { name: 'seen', time: [3, 4] },
    ],
    droppedEventsCount: 1,
  }),
  'with links': span({
    links: [
      { context: { ...ID, traceFlags: TraceFlags.NONE, isRemote: true } },
      { context: { ...ID, traceFlags: TraceFlags.SAMPLED, traceState }, attributes: { a: 1 } },
    ],
    droppedLinksCount: 2,
  }),
};

/** What programs call what nobody may read. */
const SECRET_NAMES = (
  'authorization Authorization AUTHORIZATION proxy-authorization cookie Cookie ' +
  'set-cookie setCookie set_cookie password Password pass_word passwd passphrase token ' +
  'accessToken access_token refresh_token id_token secret client_secret apiKey api_key ' +
  'x-api-key privateKey private.key credentials iban IBAN i-ban'
).split(' ');

function written(...spans: readonly ReadableSpan[]): unknown {
  const message = new SpanMessage(new SpanWriter(redactedNames(['iban'])));
  for (const each of spans) message.add(each);
  return JSON.parse(Buffer.from(message.end()).toString());
}

/** What the exporter of OpenTelemetry would send; counts of what was dropped may be left out where they are 0. */
function expected(...spans: readonly ReadableSpan[]): unknown {
  return JSON.parse(
    Buffer.from(JsonTraceSerializer.serializeRequest([...spans])!).toString(),
    (key, value) => (value === 0 && key.startsWith('dropped') ? undefined : (value as unknown)),
  );
}

const withoutZeros = (message: unknown): unknown =>
  JSON.parse(JSON.stringify(message), (key, value) =>
    value === 0 && key.startsWith('dropped') ? undefined : (value as unknown),
  );

describe('a span as JSON of OTLP', () => {
  it.each(Object.entries(SPANS))('is what OpenTelemetry writes: %s', (_, one) => {
    expect(withoutZeros(written(one))).toEqual(expected(one));
  });

  it('stands beside others, those of one library together', () => {
    const other = span({ instrumentationScope: { name: 'program', version: '1' } });
    const all = [span(), span({ name: 'b' }), other, other];
    expect(withoutZeros(written(...all))).toEqual(expected(...all));
    expect(written()).toEqual({});
  });

  it.each(SECRET_NAMES)('shows no value that is called %s, wherever it stands', (name) => {
    const attributes = { [name]: 'hunter2', shown: 'x' };
    const deep = { [name]: ['hunter2'], list: [{ [name]: 'hunter2' }], map: attributes };
    const one = span({
      attributes: { ...attributes, deep } as never,
      events: [{ name: 'event', time: [1, 2], attributes }],
      links: [{ context: { ...ID, traceFlags: TraceFlags.NONE }, attributes }],
    });
    const text = JSON.stringify(written(one));
    expect(text).not.toContain('hunter2');
    expect(text.match(/"shown"/g)).toHaveLength(4);
  });

  it('writes numbers that JSON does not have as texts', () => {
    const attributes = { a: NaN, b: -Infinity, c: 2 ** 60 };
    expect(JSON.stringify(written(span({ attributes })))).toContain(
      '"attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":"-Infinity"}},{"key":"c","value":{"doubleValue":1152921504606847000}}]',
    );
  });
});
