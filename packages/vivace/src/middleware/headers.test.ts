import { Controller, Get, HTTPException, Vivace, type Middleware } from 'vivace';
import { deprecation, processTime, securityHeaders } from 'vivace/middleware';
import { HTMLResponse } from 'vivace/responses';
import { testClient, type TestClient } from 'vivace/testing';

@Controller('/pages')
class Pages {
  @Get('/')
  read(): string {
    return 'page';
  }
  @Get('/framed')
  framed(): HTMLResponse {
    return new HTMLResponse('<p>', {
      headers: { 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': `default-src 'none'` },
    });
  }
  @Get('/broken')
  broken(): never {
    throw new Error('boom');
  }
  @Get('/gone')
  gone(): never {
    throw new HTTPException(410);
  }
}
const client = (...middleware: Middleware[]): Promise<TestClient> =>
  testClient(new Vivace({ controllers: [Pages], middleware }), { raiseErrors: false });

describe('securityHeaders', () => {
  it.each(['/pages/', '/pages/gone', '/pages/broken', '/nowhere'])(
    'stand in the answer of %s',
    async (path) => {
      await using site = await client(securityHeaders());
      const { headers } = await site.get(path);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'self';.*frame-ancestors 'none'/,
      );
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect([
        headers.get('x-content-type-options'),
        headers.get('x-frame-options'),
        headers.get('referrer-policy'),
      ]).toEqual(['nosniff', 'DENY', 'no-referrer']);
    },
  );

  it('are what the program says', async () => {
    await using site = await client(
      securityHeaders({
        contentSecurityPolicy: `img-src *`,
        hsts: { maxAge: 60, includeSubDomains: false },
        frame: 'same-origin',
        referrer: 'origin',
      }),
    );
    const { headers } = await site.get('/pages/');
    expect(
      [
        'content-security-policy',
        'strict-transport-security',
        'x-frame-options',
        'referrer-policy',
      ].map((name) => headers.get(name)),
    ).toEqual(['img-src *', 'max-age=60', 'SAMEORIGIN', 'origin']);
    await using bare = await client(securityHeaders({ contentSecurityPolicy: false, hsts: false }));
    const { headers: few } = await bare.get('/pages/');
    expect([few.get('content-security-policy'), few.get('strict-transport-security')]).toEqual([
      null,
      null,
    ]);
  });

  it('give way to those that a response sets itself', async () => {
    await using site = await client(securityHeaders());
    const { headers } = await site.get('/pages/framed');
    expect([headers.get('x-frame-options'), headers.get('content-security-policy')]).toEqual([
      'SAMEORIGIN',
      `default-src 'none'`,
    ]);
  });
});

describe('processTime', () => {
  it('says in seconds how long a response took, under the name it is given', async () => {
    await using site = await client(
      processTime(),
      processTime({ header: 'Server-Timing-Seconds' }),
    );
    const { headers } = await site.get('/pages/gone');
    expect(Number(headers.get('x-process-time'))).toBeGreaterThan(0);
    expect(Number(headers.get('x-process-time'))).toBeGreaterThanOrEqual(
      Number(headers.get('server-timing-seconds')),
    );
  });
});

describe('deprecation', () => {
  const old = deprecation({
    since: new Date('2026-01-01'),
    sunset: new Date('2027-01-01'),
    link: 'https://shop.example/v2',
  });
  const app = new Vivace()
    .include(Pages, { prefix: '/v1', middleware: [old], operationId: ({ name }) => `${name}_v1` })
    .include(Pages, { prefix: '/v2' });

  it('tells clients in every answer', async () => {
    await using site = await testClient(app, { raiseErrors: false });
    for (const path of ['/v1/pages/', '/v1/pages/gone', '/v1/pages/broken']) {
      const { headers } = await site.get(path);
      expect(['deprecation', 'sunset', 'link'].map((name) => headers.get(name))).toEqual([
        '@1767225600',
        'Fri, 01 Jan 2027 00:00:00 GMT',
        '<https://shop.example/v2>; rel="deprecation"',
      ]);
    }
    expect((await site.get('/v2/pages/')).headers.get('deprecation')).toBeNull();
  });

  it('stands in the document', async () => {
    const { paths } = await app.openapi();
    expect([paths['/v1/pages/']?.['get'], paths['/v2/pages/']?.['get']]).toEqual([
      expect.objectContaining({ deprecated: true }),
      expect.not.objectContaining({ deprecated: true }),
    ]);
  });
});
