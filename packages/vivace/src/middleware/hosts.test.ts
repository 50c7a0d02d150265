import { Controller, Get, Vivace } from 'vivace';
import { httpsRedirect, trustedHosts } from 'vivace/middleware';
import { call, listening } from '../../tests/http';

@Controller()
class Home {
  @Get('/')
  home(): string {
    return 'home';
  }
}
const app = (middleware: ReturnType<typeof trustedHosts>, trustProxy = false): Vivace =>
  new Vivace({ controllers: [Home], middleware: [middleware], trustProxy }).plugin((fastify) =>
    fastify.get('/plain', () => 'plain'),
  );

describe('trustedHosts', () => {
  it('lets named hosts in, at any port and in any case', async () => {
    await using server = await listening(
      app(trustedHosts(['shop.example', '*.shop.example', '[::1]'])),
    );
    for (const host of [
      'shop.example',
      'SHOP.example:8000',
      'api.shop.example',
      'a.b.shop.example',
      '[::1]:80',
    ])
      expect([host, (await call(server, '/', { headers: { host } })).status]).toEqual([host, 200]);
  });

  it('answers 400 to any other, whatever is at the path', async () => {
    await using server = await listening(app(trustedHosts(['shop.example', '*.shop.example'])));
    for (const host of [
      'evil.example',
      'evilshop.example',
      'shop.example.evil.example',
      '127.0.0.1',
      '',
    ])
      for (const path of ['/', '/nowhere', '/plain', '/docs']) {
        const { status, text } = await call(server, path, { headers: { host } });
        expect([host, path, status, text]).toEqual([host, path, 400, 'Invalid host header']);
      }
  });

  it('sends to www. where only that is named, unless told not to', async () => {
    await using server = await listening(app(trustedHosts(['www.shop.example'])));
    const { status, headers } = await call(server, '/a?b=c', { headers: { host: 'shop.example' } });
    expect([status, headers.location]).toEqual([307, 'http://www.shop.example/a?b=c']);
    await using strict = await listening(
      app(trustedHosts(['www.shop.example'], { redirectWww: false })),
    );
    expect((await call(strict, '/', { headers: { host: 'shop.example' } })).status).toBe(400);
  });

  it('lets everyone in with `*`', async () => {
    await using server = await listening(app(trustedHosts(['*'])));
    expect((await call(server, '/', { headers: { host: 'any.example' } })).status).toBe(200);
  });
});

describe('httpsRedirect', () => {
  it('sends http to https, with path and query', async () => {
    await using server = await listening(app(httpsRedirect()));
    for (const path of ['/?q=1', '/plain?q=1', '/nowhere']) {
      const { status, headers } = await call(server, path, {
        headers: { host: 'shop.example:80' },
      });
      expect([status, headers.location]).toEqual([307, `https://shop.example${path}`]);
    }
  });

  it.each([
    ['http://evil.example/a?b=//c', '/a?b=//c'],
    ['http://evil.example', '/'],
    ['http://evil.example?b', '/?b'],
    ['//evil.example/a', '//evil.example/a'],
    ['/\\evil.example', '/%5Cevil.example'],
  ])('sends %s to this host, whatever it names', async (target, path) => {
    await using server = await listening(app(httpsRedirect()));
    const { headers } = await call(server, target, { headers: { host: 'shop.example' } });
    expect(headers.location).toBe(`https://shop.example${path}`);
    await using www = await listening(app(trustedHosts(['www.shop.example'])));
    const redirected = await call(www, target, { headers: { host: 'shop.example' } });
    expect(redirected.headers.location).toBe(`http://www.shop.example${path}`);
  });

  it('believes a proxy only where the application does', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    await using alone = await listening(app(httpsRedirect()));
    expect((await call(alone, '/', { headers })).status).toBe(307);
    await using behind = await listening(app(httpsRedirect(), true));
    expect((await call(behind, '/', { headers })).status).toBe(200);
  });
});
