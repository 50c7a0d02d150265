import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { ABSENT, PROSE, differences, isRecord, type Mismatch } from './compare';
import { documentDifferences } from './document';
import { documentsOf, type Body, type Exchange, type Recording } from './recording';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The connection ended before the body did. */
  readonly broken: boolean;
}

/** Headers that must not be there unless they were recorded. */
const MEANINGFUL = /^(content-type|allow|www-authenticate|location|access-control-.*)$/;

/** Where an answer differs from the recorded one. */
export function* answerDifferences(
  exchange: Exchange,
  answer: Answer,
  recording: Recording,
): Generator<Mismatch, void, undefined> {
  const expected = exchange.response;
  if (!expected) return;
  if (answer.status !== expected.status) {
    yield {
      path: '/response/status',
      expected: expected.status,
      actual: `${answer.status} ${answer.body.toString().slice(0, 200)}`,
    };
    return;
  }
  // Unhandled errors: FastAPI writes plain text, we a JSON body with a request id.
  if (expected.status === 500 && expected.body?.text === 'Internal Server Error') return;
  yield* headerDifferences(exchange, answer);
  if (answer.broken && exchange.raised === undefined && exchange.aborted === undefined) {
    yield {
      path: '/response/body',
      expected: 'a complete body',
      actual: 'a connection that broke',
    };
  }
  // What reads the answer to HEAD as JSON finds nothing, and writes it down as null.
  const isNothing = exchange.request.method === 'HEAD' && expected.body?.json === null;
  yield* bodyDifferences(isNothing ? undefined : expected.body, exchange, answer, recording);
}

function* headerDifferences(
  exchange: Exchange,
  answer: Answer,
): Generator<Mismatch, void, undefined> {
  const expected = byName(exchange.response?.headers ?? []);
  const actual = byName(answer.headers);
  for (const [name, values] of expected) {
    const path = `/response/headers/${name}`;
    if (exchange.volatile?.includes(path)) continue;
    const got = actual.get(name) ?? [];
    if (!sameHeader(name, values, got, exchange))
      yield { path, expected: joined(values), actual: joined(got) };
  }
  for (const [name, values] of actual) {
    if (MEANINGFUL.test(name) && !expected.has(name))
      yield { path: `/response/headers/${name}`, expected: ABSENT, actual: joined(values) };
  }
}

function sameHeader(
  name: string,
  expected: readonly string[],
  actual: readonly string[],
  { request }: Exchange,
): boolean {
  const [wanted = '', got] = [expected[0], actual[0]];
  if (got === undefined) return false;
  if (name === 'allow') return words(expected).every((method) => words(actual).includes(method));
  if (name === 'location') {
    const base = new URL(request.url, request.base_url ?? 'http://testserver').href;
    return new URL(wanted, base).href === new URL(got, base).href;
  }
  return (
    expected.length === actual.length &&
    expected.every((value, index) => value === PROSE || value === actual[index])
  );
}

function* bodyDifferences(
  expected: Body | undefined,
  exchange: Exchange,
  answer: Answer,
  recording: Recording,
): Generator<Mismatch, void, undefined> {
  const at = ['response', 'body'];
  const content = decoded(answer);
  const text = content.toString();
  if (!expected) {
    if (content.length > 0) yield { path: '/response/body', expected: ABSENT, actual: text };
  } else if (expected.truncated) {
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (content.length !== expected.length || sha256 !== expected.sha256)
      yield {
        path: '/response/body',
        expected: `${expected.length} bytes, sha256 ${expected.sha256}`,
        actual: `${content.length} bytes, sha256 ${sha256}`,
      };
  } else if (expected.kind === 'json') {
    const json = parsed(text);
    if (json === undefined) yield { path: '/response/body', expected: 'JSON', actual: text };
    else yield* jsonDifferences(expected, json, exchange, recording, [...at, 'json']);
  } else if (expected.kind === 'binary') {
    const bytes = decoded({
      ...answer,
      headers: exchange.response?.headers ?? [],
      body: Buffer.from(expected.base64 ?? '', 'base64'),
    });
    if (!bytes.equals(content))
      yield {
        path: '/response/body',
        expected: `${bytes.length} bytes`,
        actual: `${content.length} other bytes`,
      };
  } else {
    const whole = exchange.aborted === undefined ? text : text.slice(0, expected.text?.length);
    yield* differences(expected.text, whole, { volatile: exchange.volatile }, [...at, 'text']);
  }
}

function* jsonDifferences(
  body: Body,
  json: unknown,
  exchange: Exchange,
  recording: Recording,
  at: string[],
): Generator<Mismatch, void, undefined> {
  const documents = documentsOf(recording);
  const handlers = [...documents.values()].flatMap(({ handlers }) => handlers);
  if (body.same_as !== undefined) {
    const name = body.same_as.slice(1).replaceAll('/', '.');
    yield* documentDifferences(documents.get(name)?.document, json, handlers, at);
  } else if (isRecord(body.json) && 'openapi' in body.json && 'paths' in body.json) {
    yield* documentDifferences(body.json, json, handlers, at);
  } else {
    // The words of the JSON parser differ; where it stopped does not.
    const parserWords = (path: readonly (string | number)[]): boolean =>
      path.at(-1) === 'error' &&
      path.at(-2) === 'ctx' &&
      text(body.json).includes('"json_invalid"');
    yield* differences(
      body.json,
      json,
      { volatile: exchange.volatile, unordered: exchange.unordered, prose: parserWords },
      at,
    );
  }
}

function decoded({ headers, body }: Answer): Buffer {
  switch (headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]) {
    case 'gzip':
      return gunzipSync(body);
    case 'deflate':
      return inflateSync(body);
    case 'br':
      return brotliDecompressSync(body);
    default:
      return body;
  }
}

function byName(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [name, value] of pairs)
    map.set(name.toLowerCase(), [...(map.get(name.toLowerCase()) ?? []), value]);
  return map;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const text = (value: unknown): string => JSON.stringify(value);
const words = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(/\s*,\s*/));
const joined = (values: readonly string[]): string =>
  values.length === 0 ? ABSENT : values.join(' | ');
