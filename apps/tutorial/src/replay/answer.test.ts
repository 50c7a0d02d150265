import { gzipSync } from 'node:zlib';
import { answerDifferences, type Answer } from './answer';
import type { Exchange, Recording, RecordedResponse } from './recording';

const JSON_TYPE = [['content-type', 'application/json']] as const;
const recording: Recording = {
  summary: '',
  exchanges: [],
  operations: { 'GET /': 'root' },
  openapi: { openapi: '3.1.0', info: { title: 'FastAPI', version: '0.1.0' }, paths: {} },
};

function answer(body: unknown, headers: Answer['headers'] = JSON_TYPE, status = 200): Answer {
  return {
    status,
    headers,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    broken: false,
  };
}

function paths(response: RecordedResponse, actual: Answer, more: Partial<Exchange> = {}): string[] {
  const exchange: Exchange = {
    test: '',
    request: { method: 'GET', url: '/items/' },
    response,
    ...more,
  };
  return [...answerDifferences(exchange, actual, recording)].map(({ path }) => path);
}
const recorded = (
  json: unknown,
  headers: RecordedResponse['headers'] = JSON_TYPE,
): RecordedResponse => ({
  status: 200,
  headers,
  body: { kind: 'json', json },
});

describe('answerDifferences', () => {
  it('compares the status first', () => {
    expect(paths(recorded(1), answer(2, JSON_TYPE, 404))).toEqual(['/response/status']);
  });

  it('expects no body of an answer to HEAD whose JSON was recorded as null', () => {
    const head = { request: { method: 'HEAD', url: '/items/' } };
    expect(paths(recorded(null), answer(''), head)).toEqual([]);
    expect(paths(recorded(null), answer('null'), head)).toEqual(['/response/body']);
    expect(paths(recorded(null), answer(''))).toEqual(['/response/body']);
    expect(paths(recorded(null), answer('null'))).toEqual([]);
  });

  it('asks only for the status of an unhandled error', () => {
    const response = {
      status: 500,
      headers: [['content-type', 'text/plain']] as const,
      body: { kind: 'text' as const, text: 'Internal Server Error' },
    };
    expect(paths(response, answer({ detail: 'Internal Server Error' }, JSON_TYPE, 500))).toEqual(
      [],
    );
    expect(paths(response, answer('', [], 200))).toEqual(['/response/status']);
  });

  it('wants every recorded header and allows others that mean nothing', () => {
    expect(
      paths(
        recorded(1, [...JSON_TYPE, ['x-a', '1']]),
        answer(1, [
          ['Content-Type', 'application/json'],
          ['date', 'today'],
          ['x-a', '1'],
        ]),
      ),
    ).toEqual([]);
    expect(paths(recorded(1, [...JSON_TYPE, ['x-a', '1']]), answer(1))).toEqual([
      '/response/headers/x-a',
    ]);
    expect(
      paths(
        recorded(1),
        answer(1, [
          ...JSON_TYPE,
          ['www-authenticate', 'Basic'],
          ['access-control-allow-origin', '*'],
        ]),
      ),
    ).toEqual([
      '/response/headers/www-authenticate',
      '/response/headers/access-control-allow-origin',
    ]);
  });

  it('compares set-cookie as a list', () => {
    const cookies = [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ] as const;
    expect(
      paths(recorded(1, [...JSON_TYPE, ...cookies]), answer(1, [...JSON_TYPE, ...cookies])),
    ).toEqual([]);
    expect(
      paths(recorded(1, [...JSON_TYPE, ...cookies]), answer(1, [...JSON_TYPE, cookies[0]])),
    ).toEqual(['/response/headers/set-cookie']);
  });

  it('takes a longer allow for right, and a relative location for the absolute one', () => {
    const response = {
      status: 200,
      headers: [
        ['allow', 'GET'],
        ['location', 'http://testserver/items'],
      ] as const,
    };
    expect(
      paths(
        response,
        answer('', [
          ['allow', 'GET, HEAD'],
          ['location', '/items'],
        ]),
      ),
    ).toEqual([]);
    expect(
      paths(
        response,
        answer('', [
          ['allow', 'HEAD'],
          ['location', '/item'],
        ]),
      ),
    ).toEqual(['/response/headers/allow', '/response/headers/location']);
  });

  it('skips volatile headers', () => {
    expect(
      paths(recorded(1, [...JSON_TYPE, ['etag', 'x']]), answer(1), {
        volatile: ['/response/headers/etag'],
      }),
    ).toEqual([]);
  });

  it('wants no body where none was recorded', () => {
    expect(paths({ status: 204, headers: [] }, answer('x', [], 204))).toEqual(['/response/body']);
  });

  it('lets only the words of the JSON parser differ', () => {
    const issue = (error: string, input: unknown = {}): unknown => ({
      detail: [
        { type: 'json_invalid', loc: ['body', 1], msg: 'JSON decode error', input, ctx: { error } },
      ],
    });
    expect(paths(recorded(issue('Expecting value')), answer(issue('Unexpected token')))).toEqual(
      [],
    );
    expect(
      paths(recorded(issue('Expecting value')), answer(issue('Unexpected token', null))),
    ).toEqual(['/response/body/json/detail/0/input']);
  });

  it('finds the document where the recording points to it', () => {
    const response: RecordedResponse = {
      status: 200,
      headers: JSON_TYPE,
      body: { kind: 'json', same_as: '/openapi' },
    };
    expect(
      paths(
        response,
        answer({ openapi: '3.1.0', info: { title: 'Ours', version: '0.1.0' }, paths: {} }),
      ),
    ).toEqual([]);
    expect(
      paths(
        response,
        answer({ openapi: '3.1.0', info: { title: 'Ours', version: '2' }, paths: {} }),
      ),
    ).toEqual(['/response/body/json/info/version']);
  });

  it('compares text as it is and compressed bodies by their content', () => {
    const response: RecordedResponse = {
      status: 200,
      headers: [],
      body: { kind: 'text', text: 'a\nb' },
    };
    expect(paths(response, answer('a\nb', []))).toEqual([]);
    expect(paths(response, answer('a b', []))).toEqual(['/response/body/text']);
    const zipped: RecordedResponse = {
      status: 200,
      headers: [['content-encoding', 'gzip']],
      body: { kind: 'binary', base64: gzipSync('x', { level: 9 }).toString('base64') },
    };
    expect(
      paths(zipped, {
        status: 200,
        headers: [['content-encoding', 'gzip']],
        body: gzipSync('x', { level: 1 }),
        broken: false,
      }),
    ).toEqual([]);
  });

  it('takes a broken connection only where the server raised', () => {
    const response: RecordedResponse = {
      status: 200,
      headers: [],
      body: { kind: 'text', text: 'a' },
    };
    expect(paths(response, { ...answer('a', []), broken: true })).toEqual(['/response/body']);
    expect(paths(response, { ...answer('a', []), broken: true }, { raised: 'ValueError' })).toEqual(
      [],
    );
  });
});
