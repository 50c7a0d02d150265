import { bound } from './bind';

const answers = new Map([
  [5, { status: 200, headers: [], body: Buffer.from('{"access_token":"abc"}'), broken: false }],
]);

describe('bound', () => {
  it('fills a header from an earlier answer', () => {
    const request = {
      method: 'GET',
      url: '/',
      headers: [
        ['authorization', 'Bearer old'],
        ['x-a', '1'],
      ] as const,
    };
    const bind = {
      '/request/headers/authorization': 'Bearer {{exchanges/5/response/body/json/access_token}}',
    };
    expect(bound({ test: '', request, bind }, answers).headers).toEqual([
      ['authorization', 'Bearer abc'],
      ['x-a', '1'],
    ]);
    expect(request.headers[0][1]).toBe('Bearer old');
  });

  it('fills a key of a body, whose exact text then no longer counts', () => {
    const request = {
      method: 'POST',
      url: '/',
      body: { kind: 'json' as const, json: { token: 'old' }, raw: '{"token":"old"}' },
    };
    const bind = { '/request/body/json/token': '{{exchanges/5/response/body/json/access_token}}' };
    expect(bound({ test: '', request, bind }, answers).body).toEqual({
      kind: 'json',
      json: { token: 'abc' },
    });
  });

  it('says which answer is missing', () => {
    const bind = { '/request/url': '/{{exchanges/1/response/body/json/id}}' };
    expect(() => bound({ test: '', request: { method: 'GET', url: '/' }, bind }, answers)).toThrow(
      'exchange 1 has no answer',
    );
  });
});
