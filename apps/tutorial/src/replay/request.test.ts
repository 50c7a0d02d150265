import { wireRequest } from './request';

const headers = (request: Parameters<typeof wireRequest>[0]): Record<string, string> =>
  Object.fromEntries(wireRequest(request).headers);

describe('wireRequest', () => {
  it('adds the default headers of the test client', () => {
    expect(headers({ method: 'GET', url: '/' })).toEqual({
      host: 'testserver',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      connection: 'keep-alive',
      'user-agent': 'testclient',
    });
  });

  it('leaves out the removed ones and lets recorded ones win', () => {
    const request = {
      method: 'GET',
      url: '/',
      headers: [['user-agent', 'mine']] as const,
      removed_default_headers: ['accept', 'accept-encoding', 'connection'],
    };
    expect(headers(request)).toEqual({ host: 'testserver', 'user-agent': 'mine' });
  });

  it('keeps repeated headers', () => {
    const request = {
      method: 'GET',
      url: '/',
      headers: [
        ['x-tag', 'a'],
        ['x-tag', 'b'],
      ] as const,
    };
    expect(wireRequest(request).headers.filter(([name]) => name === 'x-tag')).toEqual([
      ['x-tag', 'a'],
      ['x-tag', 'b'],
    ]);
  });

  it('sends cookies, the root path and the host of another base address', () => {
    const request = {
      method: 'GET',
      url: '/',
      base_url: 'https://example.com',
      root_path: '/api',
      cookies: [
        ['a', '1'],
        ['b', '2'],
      ] as const,
    };
    expect(headers(request)).toMatchObject({
      host: 'example.com',
      cookie: 'a=1; b=2',
      'x-forwarded-prefix': '/api',
    });
    expect(wireRequest(request).secure).toBe(true);
  });

  it('sends the exact text of a JSON body', () => {
    const { body, headers } = wireRequest({
      method: 'POST',
      url: '/',
      body: { kind: 'json', json: [1], raw: '[1 ]' },
    });
    expect([body?.toString(), new Map(headers).get('content-length')]).toEqual(['[1 ]', '4']);
  });

  it('writes the parts of a multipart body', () => {
    const parts = [
      { name: 'file', filename: 'a.txt', content_type: 'text/plain', text: 'x', length: 3 },
      { name: 'token', text: 'foo' },
    ];
    const { body, headers } = wireRequest({
      method: 'POST',
      url: '/',
      headers: [['content-type', 'multipart/form-data']],
      body: { kind: 'multipart', parts },
    });
    const boundary = new Map(headers).get('content-type')?.split('boundary=')[1];
    expect(body?.toString().split('\r\n')).toEqual([
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="a.txt"',
      'content-type: text/plain',
      '',
      'xxx',
      `--${boundary}`,
      'content-disposition: form-data; name="token"',
      '',
      'foo',
      `--${boundary}--`,
      '',
    ]);
  });
});
