import type { TestClient } from 'vivace/testing';

export type Send = (text: string) => Promise<{ readonly status: number }>;
export type Parts = Readonly<Record<string, Send>>;

/** Where text of a client stands in a request: in a header, which holds no line breaks, or elsewhere. */
export function partsOf(client: () => TestClient): {
  readonly headers: Parts;
  readonly others: Parts;
} {
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    client().get(path, { headers, followRedirects: false });
  const post = (path: string, body: string, type: string) =>
    client().post(path, { body, headers: { 'content-type': type } });
  /** No address holds a lone surrogate. */
  const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());
  const header =
    (name: string, path = '/', before = '', after = ''): Send =>
    (text) =>
      get(path, { [name]: before + text + after });

  const multipart = (path: string, disposition: string, value: string) =>
    post(
      path,
      `--x\r\nContent-Disposition: ${disposition}\r\n\r\n${value}\r\n--x--\r\n`,
      'multipart/form-data; boundary=x',
    );

  return {
    headers: {
      'a cookie': header('cookie', '/', 'c='),
      cookies: header('cookie'),
      'a session': header('cookie', '/', 'session='),
      authorization: header('authorization', '/who'),
      'authorization Basic': header('authorization', '/who', 'Basic '),
      'authorization Bearer': header('authorization', '/who', 'Bearer '),
      'authorization Digest': header('authorization', '/who', 'Digest '),
      'x-many': header('x-many'),
      accept: header('accept'),
      'accept-encoding': header('accept-encoding'),
      'accept-encoding with a weight': header('accept-encoding', '/', 'gzip;q='),
      'accept-version': header('accept-version', '/versioned'),
      'accept-language': header('accept-language'),
      host: header('host'),
      'host with a port': header('host', '/', 'a:'),
      origin: header('origin', '/', 'https://'),
      referer: header('referer'),
      'x-forwarded-for': header('x-forwarded-for'),
      'x-forwarded-host': header('x-forwarded-host'),
      'x-forwarded-proto': header('x-forwarded-proto'),
      'x-forwarded-prefix': header('x-forwarded-prefix', '/', '/'),
      forwarded: header('forwarded'),
      'if-none-match': header('if-none-match'),
      'if-none-match of a file': header('if-none-match', '/file'),
      'if-modified-since': header('if-modified-since', '/file'),
      range: header('range', '/file', 'bytes='),
      'range and condition': (text) => get('/file', { range: 'bytes=0-1', 'if-range': text }),
      'a user agent': header('user-agent'),
      'x-request-id': header('x-request-id'),
      traceparent: header('traceparent'),
      connection: header('connection'),
      expect: header('expect'),
      'a preflight': (text) =>
        client().request('OPTIONS', '/', {
          headers: {
            origin: 'https://a.example',
            'access-control-request-method': 'GET',
            'access-control-request-headers': text,
          },
        }),
      'a method of a preflight': (text) =>
        client().request('OPTIONS', '/', {
          headers: { origin: text, 'access-control-request-method': text },
        }),
      'an idempotency key': (text) =>
        client().post('/once', { headers: { 'idempotency-key': text } }),
      'a content type': (text) => post('/json', '1', text),
      'a parameter of a content type': (text) => post('/json', '1', `application/json; a=${text}`),
      'a boundary': (text) => post('/form', '--x', `multipart/form-data; boundary=${text}`),
      'a content encoding': (text) =>
        client().post('/json', {
          body: '1',
          headers: { 'content-type': 'application/json', 'content-encoding': text },
        }),
    },
    others: {
      'a path that no route takes': (text) => get(`/none/${inAddress(text)}/x`),
      'a path with slashes': (text) => get(`/none/${encodeURI(text.toWellFormed())}`),
      'a segment with three parameters': (text) => get(`/types/${inAddress(text)}`),
      'a segment with three parameters, and more': (text) => get(`/types/${inAddress(text)}/x`),
      'segments with two parameters': (text) => get(`/${inAddress(text)}/${inAddress(text)}/end`),
      'segments with two parameters, and more': (text) =>
        get(`/${inAddress(text)}/${inAddress(text)}/end/x`),
      'the rest of a path': (text) => get(`/files/${encodeURI(text.toWellFormed())}`),
      'a value of the query': (text) => get(`/?q=${inAddress(text)}`),
      'a number in the query': (text) => get(`/?limit=${inAddress(text)}`),
      'the query': (text) => get(`/?${encodeURI(text.toWellFormed())}`),
      'many names in the query': (text) => get(`/?${inAddress(text).replaceAll('%', '&')}`),
      'a value of a cached query': (text) => get(`/cached?q=${inAddress(text)}`),
      'a text of JSON': (text) => post('/json', JSON.stringify(text), 'application/json'),
      'a body of JSON': (text) => post('/json', text, 'application/json'),
      'an unfinished list of JSON': (text) => post('/json', `[${text}`, 'application/json'),
      'an unfinished text of JSON': (text) => post('/json', `{"a": "${text}`, 'application/json'),
      'a number of JSON': (text) => post('/number', text, 'application/json'),
      'a text for a number': (text) => post('/number', JSON.stringify(text), 'application/json'),
      'a body for a DTO': (text) => post('/form', text, 'application/json'),
      'a form': (text) => post('/form', text, 'application/x-www-form-urlencoded'),
      'a value of a form': (text) =>
        post('/form', `limit=${inAddress(text)}`, 'application/x-www-form-urlencoded'),
      'a multipart body': (text) => post('/form', text, 'multipart/form-data; boundary=x'),
      'a field of a multipart body': (text) => multipart('/form', 'form-data; name="q"', text),
      'headers of a part': (text) => multipart('/file', text, 'x'),
      'the name of a part': (text) => multipart('/file', `form-data; name="${text}"`, 'x'),
      'the name of a file': (text) =>
        multipart('/file', `form-data; name="file"; filename="${text}"`, 'x'),
      'the encoded name of a file': (text) =>
        multipart('/file', `form-data; name="file"; filename*=UTF-8''${text}`, 'x'),
    },
  };
}
