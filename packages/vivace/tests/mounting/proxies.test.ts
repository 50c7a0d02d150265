import { Controller, Get, Request, Vivace, type VivaceOptions } from 'vivace';
import { testClient } from 'vivace/testing';

@Controller()
class Main {
  @Get('/where')
  where(request: Request) {
    return {
      ip: request.ip,
      root: request.rootPath,
      url: request.urlFor('where'),
      path: request.path,
    };
  }
  @Get('/folder/')
  folder() {
    return [];
  }
}

const build = (options: VivaceOptions = {}) =>
  testClient(new Vivace({ controllers: [Main], ...options }), { followRedirects: false });
const forwarded = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example.com',
  'x-forwarded-prefix': '/api/v1',
};
const allowedHosts = ['shop.example.com', 'testserver'];

describe('behind a trusted proxy', () => {
  it('client, scheme, host and prefix are those that it names', async () => {
    await using client = await build({ trustProxy: true, allowedHosts });
    expect((await client.get('/where', { headers: forwarded })).json()).toEqual({
      ip: '203.0.113.7',
      root: '/api/v1',
      url: 'https://shop.example.com/api/v1/where',
      path: '/where',
    });
  });

  it('documents, their pages and redirects name the prefix', async () => {
    await using client = await build({ trustProxy: '127.0.0.1', allowedHosts });
    const document = await client.get('/openapi.json', { headers: forwarded });
    expect(document.json()).toMatchObject({ servers: [{ url: '/api/v1' }] });
    expect((await client.get('/openapi.json')).json()).not.toHaveProperty('servers');
    const page = (await client.get('/docs', { headers: forwarded })).text;
    expect(page).toContain('url: "/api/v1/openapi.json"');
    expect(page).toContain('"/api/v1/docs/oauth2-redirect"');
    expect((await client.get('/redoc', { headers: forwarded })).text).toContain(
      'spec-url="/api/v1/openapi.json"',
    );
    expect((await client.get('/folder', { headers: forwarded })).headers.get('location')).toBe(
      'https://shop.example.com/api/v1/folder/',
    );
  });

  it('several prefixes are stripped one after the other', async () => {
    await using client = await build({ trustProxy: ['10.0.0.0/8', '127.0.0.1'] });
    const get = async (prefix: string) =>
      (await client.get('/where', { headers: { 'x-forwarded-prefix': prefix } })).json<{
        root: string;
      }>().root;
    expect(await get('/outer, /inner/')).toBe('/outer/inner');
    expect(await get('/')).toBe('');
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/a"><script>',
    '/a b',
    'a',
    '/a//b',
    '/a?b',
    '/a\\b',
  ])('a prefix that is no path counts for nothing: %s', async (prefix) => {
    await using client = await build({ trustProxy: true });
    const headers = { 'x-forwarded-prefix': prefix };
    expect((await client.get('/where', { headers })).json()).toMatchObject({ root: '' });
    expect((await client.get('/docs', { headers })).text).toContain('url: "/openapi.json"');
  });
});

describe('without a trusted proxy', () => {
  it.each([
    ['nobody is trusted', {}],
    ['another proxy is trusted', { trustProxy: '10.0.0.1' }],
  ])('no header of a client is believed: %s', async (_, options) => {
    await using client = await build({ ...options, allowedHosts });
    expect((await client.get('/where', { headers: forwarded })).json()).toEqual({
      ip: '127.0.0.1',
      root: '',
      url: 'http://testserver/where',
      path: '/where',
    });
    expect((await client.get('/openapi.json', { headers: forwarded })).json()).not.toHaveProperty(
      'servers',
    );
  });

  it('addresses and redirects are relative where the host is not allowed', async () => {
    await using client = await build();
    const headers = { host: 'evil.example' };
    expect((await client.get('/where', { headers })).json()).toMatchObject({ url: '/where' });
    expect((await client.get('/folder', { headers })).headers.get('location')).toBe('/folder/');
  });
});

describe('the option rootPath', () => {
  it('counts whatever a proxy says, and stands first among the servers', async () => {
    const servers = [{ url: 'https://prod.example.com' }];
    await using client = await build({ rootPath: '/api/v1/', trustProxy: true, servers });
    expect(
      (await client.get('/where', { headers: { 'x-forwarded-prefix': '/other' } })).json(),
    ).toMatchObject({
      root: '/api/v1',
      url: 'http://testserver/api/v1/where',
    });
    expect((await client.get('/openapi.json')).json()).toMatchObject({
      servers: [{ url: '/api/v1' }, ...servers],
    });
    expect(client.server.openapi()['servers']).toEqual(servers);
    expect(client.server.urlFor('where')).toBe('/api/v1/where');
  });

  it('is left out of the servers by rootPathInServers, and where it stands there already', async () => {
    await using without = await build({ rootPath: '/api', docs: { rootPathInServers: false } });
    expect((await without.get('/openapi.json')).json()).not.toHaveProperty('servers');
    await using twice = await build({
      rootPath: '/api',
      servers: [{ url: 'https://a.example' }, { url: '/api' }],
    });
    expect((await twice.get('/openapi.json')).json()).toMatchObject({
      servers: [{ url: 'https://a.example' }, { url: '/api' }],
    });
  });
});
