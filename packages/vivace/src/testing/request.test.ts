import { addressOf, headersOf, payloadOf } from './request';
import { Answer } from './response';

describe('what a test sends', () => {
  it('adds params to the query of the address', () => {
    const address = addressOf('/items?a=1', 'http://testserver', {
      q: ['x y', true],
      skip: 0,
      none: undefined,
    });
    expect(address.href).toBe('http://testserver/items?a=1&q=x+y&q=true&skip=0');
  });

  it('names headers in lower case, the nearest wins', () => {
    expect(headersOf({ Accept: 'a', x: undefined }, { accept: 'b' })).toEqual({ accept: 'b' });
  });

  it('writes JSON and forms with their content types', async () => {
    expect(await payloadOf({ json: null })).toEqual({
      content: Buffer.from('null'),
      type: 'application/json',
    });
    expect(await payloadOf({ form: { a: 'x y', b: [1, 2] } })).toEqual({
      content: Buffer.from('a=x+y&b=1&b=2'),
      type: 'application/x-www-form-urlencoded',
    });
    expect(await payloadOf({})).toBeUndefined();
  });

  it('writes files with the fields of a form', async () => {
    const payload = await payloadOf({
      form: { token: 't' },
      files: { file: { filename: 'a.txt', content: 'hello', contentType: 'text/plain' } },
    });
    expect(payload!.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(String(payload!.content)).toMatch(
      /name="token"\r\n\r\nt\r\n[^]*name="file"; filename="a.txt"\r\nContent-Type: text\/plain\r\n\r\nhello\r\n/,
    );
  });

  it('says of a file what its name says, as browsers and curl do', async () => {
    const files = ['cat.png', 'notes', 'a.b.csv'].map((filename) => ({ filename, content: '' }));
    const { content } = (await payloadOf({ files: { files } }))!;
    expect([...String(content).matchAll(/Content-Type: (.*)/g)].map(([, type]) => type)).toEqual([
      'image/png',
      'application/octet-stream',
      'text/csv',
    ]);
  });

  it('refuses two bodies', async () => {
    await expect(payloadOf({ json: 1, body: 'x' })).rejects.toThrow('A request has one body');
  });
});

describe('what a test receives', () => {
  it('reads text, JSON, cookies and events', () => {
    const headers = new Headers([['set-cookie', 'a=b%20c; Path=/']]);
    const answer = new Answer(
      200,
      headers,
      'http://testserver/',
      Buffer.from(': ping\n\nevent: e\ndata: 1\ndata: 2\nid: x\nretry: 5\n\ndata:3\n\n'),
    );
    expect(answer.cookies).toEqual({ a: 'b c' });
    expect(answer.events()).toEqual([
      { data: '1\n2', event: 'e', id: 'x', retry: 5 },
      { data: '3' },
    ]);
    expect(() => answer.json()).toThrow(
      'The answer 200 of http://testserver/ is not JSON: ": ping',
    );
    expect(new Answer(200, headers, '', Buffer.from('{"a":1}')).json()).toEqual({ a: 1 });
  });
});
