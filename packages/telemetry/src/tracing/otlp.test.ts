import {
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { redactedNames } from '../logs/redaction';
import { messageOf } from './message';
import { SpanWriter } from './otlp';
import type { RecordingSpan } from './recording-span';
import { SpanTracer, type Options } from './tracer';

const ID = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const RESOURCE = { 'service.name': 'shop "one"', 'service.copies': '2' };
const traceState = createTraceState('vendor=1,other="2"');
const PARENT = { ...ID, spanId: '00f067aa0ba902b7', traceFlags: TraceFlags.SAMPLED };
const many = <T>(make: (at: number) => T): T[] => Array.from({ length: 200 }, (_, at) => make(at));
const loop: Record<string, unknown> = {};
loop['self'] = loop;

/** What a program may say of a span. */
interface Said {
  readonly options?: Options;
  readonly parent?: SpanContext;
  readonly say?: (span: Span) => void;
}
const SAID: Readonly<Record<string, Said>> = {
  nothing: {},
  'a parent here': { parent: PARENT, options: { kind: SpanKind.PRODUCER } },
  'a parent elsewhere': { parent: { ...PARENT, isRemote: true } },
  'a parent with a state': { parent: { ...PARENT, traceState } },
  'a parent that is none of it': { parent: PARENT, options: { root: true } },
  'a parent without an id': { parent: { ...PARENT, spanId: '0'.repeat(16) } },
  'attributes of all kinds': {
    options: {
      attributes: {
        text: 'a "b" \\ \u2028 \ud83d\ude00 \ud800',
        'na"me': '',
        whole: -3,
        half: 0.5,
        yes: true,
        no: false,
        list: ['a', 'b'],
        numbers: [1, 2.5],
        bytes: new Uint8Array([1, 2]),
        map: { deep: { list: [1, 'a', null] } },
        nothing: null,
        none: undefined,
      },
    },
  },
  'what is no attribute': {
    options: { attributes: { loop, call: () => 1, date: new Date(0), big: 1n, '': 'x', kept: 1 } },
  },
  'more attributes than there is room for': {
    say: (span) => many((at) => span.setAttribute(`a${at}`, at)),
  },
  'more attributes at once': {
    options: { attributes: Object.fromEntries(many((at) => [`a${at}`, at])) },
  },
  'attributes again': {
    options: { attributes: { a: 1, b: 1 } },
    say: (span) => span.setAttributes({ b: 2, c: 3 }).setAttribute('b', 'three'),
  },
  'an error': {
    say: (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: 'no "price"\n' }),
  },
  'that it is well, and then not': {
    say: (span) =>
      span
        .setStatus({ code: SpanStatusCode.OK, message: 'not kept' })
        .setStatus({ code: SpanStatusCode.ERROR, message: 'late' }),
  },
  'an error, and then nothing': {
    say: (span) =>
      span.setStatus({ code: SpanStatusCode.ERROR }).setStatus({ code: SpanStatusCode.UNSET }),
  },
  'what happened': {
    say: (span) =>
      span
        .addEvent('seen', [1_764_500_000, 500_000_000])
        .addEvent('seen', { 'a "b"': [1] }, new Date(1_764_500_000_250))
        .addEvent('seen', undefined, 1_764_500_000_500),
  },
  'more than it has room for': {
    say: (span) => many((at) => span.addEvent(`e${at}`, [1_764_500_000, 0])),
  },
  'what was thrown': {
    say: (span) => {
      const error = Object.assign(new TypeError('no'), { stack: 'at a\nat b', code: 'E_NO' });
      for (const each of [
        'text',
        error,
        { name: 'Odd' },
        { message: 'm', code: 7 },
        { message: 'm', code: 0 },
        {},
        null,
      ])
        span.recordException(each as Error, [1_764_500_000, 0]);
    },
  },
  links: {
    options: { links: [{ context: { ...ID, traceFlags: TraceFlags.NONE, isRemote: true } }] },
    say: (span) =>
      span.addLinks([
        { context: { ...PARENT, traceState }, attributes: { a: 1 } },
        { context: PARENT },
      ]),
  },
  'more links than there is room for': {
    say: (span) => many(() => span.addLink({ context: PARENT })),
  },
  'another name': { say: (span) => span.updateName('b') },
  'something after its end': {
    say: (span) => {
      span.end([1_764_500_000, 750_000_000]);
      span.setAttribute('a', 1).addEvent('b').addLink({ context: PARENT }).updateName('c');
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  },
  'an end before its beginning': { say: (span) => span.end([1_764_400_000, 0]) },
};

function say(tracer: Tracer, { options, parent, say }: Said): void {
  const around = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  const span = tracer.startSpan(
    'GET /orders/:id',
    { kind: SpanKind.SERVER, startTime: [1_764_500_000, 250_000_000], ...options },
    around,
  );
  say?.(span);
  if (span.isRecording()) span.end([1_764_500_001, 125_000_000]);
}

/** What is written of some spans, each made by a tracer of its own. */
function written(...all: readonly (readonly [scope: string, Said])[]): string {
  const writer = new SpanWriter(redactedNames(['iban']));
  const sampler = { ratio: 1, parentBased: true };
  const ids: [made: string, known: string][] = [];
  const spans: RecordingSpan[] = [];
  const add = (span: RecordingSpan): void => {
    spans.push(span);
    const { traceId, spanId } = span.spanContext();
    ids.push([traceId, ID.traceId], [spanId, ID.spanId]);
  };
  for (const [name, said] of all)
    say(new SpanTracer({ name, version: undefined }, sampler, add), said);
  const text = messageOf(spans, writer, writer.attributes(RESOURCE)).toString();
  return ids.reduce((said, [made, known]) => said.replaceAll(made, known), text);
}

/** What OpenTelemetry makes of them, and sends. */
function expected(...all: readonly (readonly [scope: string, Said])[]): unknown {
  const spans: ReadableSpan[] = [];
  const provider = new TracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    sampler: new AlwaysOnSampler(),
    idGenerator: { generateTraceId: () => ID.traceId, generateSpanId: () => ID.spanId },
    spanProcessors: [
      {
        onStart: () => {},
        onEnd: (span) => void spans.push(span),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  for (const [name, said] of all) say(provider.getTracer(name), said);
  return withoutZeros(Buffer.from(JsonTraceSerializer.serializeRequest(spans)!).toString());
}

/** Counts of what was dropped may be left out where they are 0. */
const withoutZeros = (text: string): unknown =>
  JSON.parse(text, (key, value) =>
    value === 0 && key.startsWith('dropped') ? undefined : (value as unknown),
  );

/** What programs call what nobody may read. */
const SECRET_NAMES = (
  'authorization Authorization AUTHORIZATION proxy-authorization cookie Cookie ' +
  'set-cookie setCookie set_cookie password Password pass_word passwd passphrase token ' +
  'accessToken access_token refresh_token id_token secret client_secret apiKey api_key ' +
  'x-api-key privateKey private.key credentials iban IBAN i-ban'
).split(' ');

describe('a span as JSON of OTLP', () => {
  it.each(Object.entries(SAID))('is what OpenTelemetry makes of it: %s', (_, said) => {
    expect(withoutZeros(written(['vivace', said]))).toEqual(expected(['vivace', said]));
  });

  it('stands beside others, those of one library together', () => {
    const all = ['vivace', 'vivace', 'program', 'program', 'vivace'].map(
      (scope) => [scope, {}] as const,
    );
    expect(withoutZeros(written(...all.slice(0, 4)))).toEqual(expected(...all.slice(0, 4)));
  });

  it.each(SECRET_NAMES)('shows no value that is called %s, wherever it stands', (name) => {
    const attributes = { [name]: 'hunter2', shown: 'x' };
    const deep = { [name]: ['hunter2'], list: [{ [name]: 'hunter2' }], map: attributes };
    const text = written([
      'vivace',
      {
        options: {
          attributes: { ...attributes, deep },
          links: [{ context: { ...ID, traceFlags: TraceFlags.NONE }, attributes }],
        },
        say: (span) => span.addEvent('event', attributes),
      },
    ]);
    expect(text).not.toContain('hunter2');
    expect(text.match(/"shown"/g)).toHaveLength(4);
  });

  it('has what all of its kind have, unless a program says otherwise', () => {
    const constants = { method: 'GET', route: '/orders/:id' };
    const all = { constants, attributes: { a: 1 } };
    expect(
      withoutZeros(written(['vivace', { options: all }], ['vivace', { options: all }])),
    ).toEqual(
      expected(
        ['vivace', { options: { attributes: { ...constants, a: 1 } } }],
        ['vivace', { options: { attributes: { ...constants, a: 1 } } }],
      ),
    );
    const say = (span: Span): unknown => span.setAttribute('route', '/other');
    expect(withoutZeros(written(['vivace', { options: { constants }, say }]))).toEqual(
      expected(['vivace', { options: { attributes: constants }, say }]),
    );
    const most = (span: Span): unknown => many((at) => span.setAttribute(`a${at}`, at));
    expect(withoutZeros(written(['vivace', { options: { constants }, say: most }]))).toEqual(
      expected(['vivace', { options: { attributes: constants }, say: most }]),
    );
  });

  it('writes numbers that JSON does not have as texts', () => {
    const attributes = { a: NaN, b: -Infinity, c: 2 ** 60 };
    expect(written(['vivace', { options: { attributes } }])).toContain(
      '"attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":"-Infinity"}},{"key":"c","value":{"doubleValue":1152921504606847000}}]',
    );
  });
});
