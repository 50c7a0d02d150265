import { CONTENT, Response } from './response';
import {
  FileResponse,
  HTMLResponse,
  JSONResponse,
  PlainTextResponse,
  RedirectResponse,
} from '../responses';
import { mediaOf, responseClassFacts } from './response-class';

describe('Response', () => {
  it('sends text and bytes as they are, with no content type of its own', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(new Response('a')[CONTENT]()).toBe('a');
    expect(new Response(bytes)[CONTENT]()).toBe(bytes);
    expect(new Response()[CONTENT]()).toBe('');
    expect(new Response('a').headers.has('content-type')).toBe(false);
  });

  it('refuses at once what cannot stand in a header', () => {
    for (const media of ['text/csv\n', 'text/csv\r\nx: 1', 'text/\u0161'])
      expect(() => new Response('a', { media })).toThrow(/Headers|ByteString/);
    expect(() => new Response('a', { headers: { 'x y': '1' } })).toThrow('header name');
  });

  it('says what to use instead when the content cannot be sent', () => {
    expect(() => new Response({ a: 1 })[CONTENT]()).toThrow(
      'Response sends text or bytes, not an object: use JSONResponse',
    );
  });

  it('adds a charset to text only, and leaves a content type of the user alone', () => {
    expect(new Response('<a/>', { media: 'application/xml' }).headers.get('content-type')).toBe(
      'application/xml',
    );
    expect(new Response('a', { media: 'text/csv' }).headers.get('content-type')).toBe(
      'text/csv; charset=utf-8',
    );
    expect(
      new Response('a', { media: 'text/csv; charset=latin1' }).headers.get('content-type'),
    ).toBe('text/csv; charset=latin1');
    expect(
      new HTMLResponse('a', { headers: { 'Content-Type': 'text/plain' } }).headers.get(
        'content-type',
      ),
    ).toBe('text/plain');
  });

  it('renders by the method a class of the user overrides, fields included', () => {
    class Indented extends JSONResponse {
      private readonly indent = 2;
      protected override render(content: unknown): string {
        return JSON.stringify(content, null, this.indent);
      }
    }
    expect(new Indented({ a: 1 })[CONTENT]()).toBe('{\n  "a": 1\n}');
    expect(new Indented({}).headers.get('content-type')).toBe('application/json');
  });

  it('sets cookies as FastAPI does', () => {
    const response = new Response();
    response.setCookie('a', 'b');
    response.setCookie('c', 'd e', { maxAge: 5, httpOnly: true, sameSite: 'strict', secure: true });
    response.deleteCookie('f', { path: '/x' });
    expect(response.headers.getSetCookie()).toEqual([
      'a=b; Path=/; SameSite=lax',
      'c=d%20e; Max-Age=5; Path=/; HttpOnly; Secure; SameSite=strict',
      'f=; Max-Age=0; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=lax',
    ]);
  });
});

describe('a cookie that browsers hold to rules', () => {
  it.each([
    ['__Host-id', {}, /of this name that is not secure/],
    ['__host-id', { secure: false }, /of this name that is not secure/],
    ['__Secure-id', {}, /of this name that is not secure/],
    ['__Host-id', { secure: true, path: '/a' }, /another path than '\/'/],
    ['__Host-id', { secure: true, domain: 'shop.example' }, /with a domain/],
    ['__Http-id', { secure: true }, /scripts can read/],
    ['__Host-Http-id', { secure: true }, /scripts can read/],
    ['id', { sameSite: 'none' }, /sameSite 'none' that is not secure/],
    ['id', { partitioned: true }, /partitioned cookie that is not secure/],
    ['id', { maxAge: 1, path: '/'.padEnd(5000, 'a') }, /more than 4096 bytes/],
  ] as const)('is not set where they would drop it: %s %j', (name, options, reason) => {
    expect(() => new Response().setCookie(name, 'value', options)).toThrow(reason);
  });

  it.each([
    ['__Host-id', {}, '; Path=/; Expires=*; Secure; SameSite=lax'],
    ['__Secure-id', { domain: 'a.b' }, '; Domain=a.b; Path=/; Expires=*; Secure; SameSite=lax'],
    ['__Host-Http-id', {}, '; Path=/; Expires=*; HttpOnly; Secure; SameSite=lax'],
    ['id', { sameSite: 'none' }, '; Path=/; Expires=*; Secure; SameSite=none'],
    ['id', { partitioned: true }, '; Path=/; Expires=*; Secure; Partitioned; SameSite=lax'],
    [
      'id',
      { httpOnly: true, sameSite: 'strict' },
      '; Path=/; Expires=*; HttpOnly; SameSite=strict',
    ],
    ['id_Host-', {}, '; Path=/; Expires=*; SameSite=lax'],
  ] as const)('is deleted with what they ask for: %s %j', (name, options, text) => {
    const response = new Response();
    response.deleteCookie(name, options);
    expect(response.headers.get('set-cookie')!.replace(/Expires=[^;]*/, 'Expires=*')).toBe(
      `${name}=; Max-Age=0${text}`,
    );
  });
});

describe('ready-made responses', () => {
  it('write JSON, HTML and text', () => {
    expect(new JSONResponse(undefined)[CONTENT]()).toBe('null');
    expect(new JSONResponse({ tags: ['a'] })[CONTENT]()).toBe('{"tags":["a"]}');
    expect(new PlainTextResponse('a').headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(new HTMLResponse('a').headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('redirect with 307 to the address as it was written, and never split the header', () => {
    const response = new RedirectResponse('/a?q=%20b#c');
    expect([response.status, response.headers.get('location')]).toEqual([307, '/a?q=%20b#c']);
    expect(new RedirectResponse('/ä\r\nx: y', { status: 303 }).headers.get('location')).toBe(
      '/%C3%A4%0D%0Ax:%20y',
    );
  });

  it('name a file so that no name breaks the header', () => {
    expect(new FileResponse('a/b.pdf').headers.has('content-disposition')).toBe(false);
    expect(
      new FileResponse('a/b.pdf', { disposition: 'inline' }).headers.get('content-disposition'),
    ).toBe('inline; filename="b.pdf"');
    expect(
      new FileResponse('b', { filename: 'ä"\r\n.pdf' }).headers.get('content-disposition'),
    ).toBe(`attachment; filename*=utf-8''%C3%A4%22%0D%0A.pdf`);
  });

  it('say their status and media before there is an instance', () => {
    class Away extends RedirectResponse {}
    expect(responseClassFacts(Away)).toEqual({ status: 307, stream: undefined, json: false });
    expect(responseClassFacts(class {})).toBeUndefined();
    expect(mediaOf(HTMLResponse)).toBe('text/html');
  });
});
