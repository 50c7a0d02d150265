import { Controller, Get, Post, Reply, Vivace } from 'vivace';
import { etag } from 'vivace/middleware';
import { StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

let price = 1;

@Controller('/prices', { middleware: [etag()] })
class Prices {
  @Get('/')
  read(reply: Reply): { price: number } {
    reply.headers.set('cache-control', 'no-cache');
    return { price };
  }
  @Post('/')
  write(): { price: number } {
    return { price };
  }
  @Get('/own')
  own(reply: Reply): number {
    reply.headers.set('etag', '"v7"');
    return 7;
  }
  @Get('/stream')
  stream(): StreamingResponse {
    return new StreamingResponse(['1']);
  }
  @Get('/made', { status: 201 })
  made(): number {
    return price;
  }
  @Get('/nothing', { status: 204 })
  nothing(): void {}
}
const shop = () => testClient(new Vivace({ controllers: [Prices] }));

describe('etag', () => {
  it('answers 304 without content to a client that has it, and with the new content when it has changed', async () => {
    await using client = await shop();
    price = 1;
    const tag = (await client.get('/prices/')).headers.get('etag')!;
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    const unchanged = await client.get('/prices/', { headers: { 'if-none-match': tag } });
    expect([unchanged.status, unchanged.text, unchanged.headers.get('etag')]).toEqual([
      304,
      '',
      tag,
    ]);
    expect([unchanged.headers.get('cache-control'), unchanged.headers.get('content-type')]).toEqual(
      ['no-cache', null],
    );
    price = 2;
    const changed = await client.get('/prices/', { headers: { 'if-none-match': tag } });
    expect([changed.status, changed.json()]).toEqual([200, { price: 2 }]);
  });

  it.each(['*', '"x", W/"v7"', 'W/"v7"', ' "v7" '])(
    'takes %s as the tag that the handler set',
    async (condition) => {
      await using client = await shop();
      expect(
        (await client.get('/prices/own', { headers: { 'if-none-match': condition } })).status,
      ).toBe(304);
    },
  );

  it.each(['"v", "7"', 'v7', '', 'W/', '"V7"', ',,,'])(
    'does not take %s for it',
    async (condition) => {
      await using client = await shop();
      expect(
        (await client.get('/prices/own', { headers: { 'if-none-match': condition } })).status,
      ).toBe(200);
    },
  );

  it('gives HEAD the tag of GET', async () => {
    await using client = await shop();
    expect((await client.request('HEAD', '/prices/')).headers.get('etag')).toBe(
      (await client.get('/prices/')).headers.get('etag'),
    );
  });

  it('leaves other methods, streams and answers without content alone', async () => {
    await using client = await shop();
    for (const answer of [
      await client.post('/prices/'),
      await client.get('/prices/stream'),
      await client.get('/prices/nothing'),
    ])
      expect(answer.headers.get('etag')).toBeNull();
    expect((await client.get('/prices/made', { headers: { 'if-none-match': '*' } })).status).toBe(
      201,
    );
  });
});
