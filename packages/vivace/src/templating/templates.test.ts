import { Eta } from 'eta';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, HTTPException, Request, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { HTMLResponse, Templates } from 'vivace/responses';

const views = mkdtempSync(join(tmpdir(), 'vivace-templates-'));
writeFileSync(
  join(views, 'page.eta'),
  '<h1><%= it.title %></h1><a href="<%= it.urlFor("read", { name: it.title }) %>"><%= it.user %></a>',
);
afterAll(() => rmSync(views, { recursive: true }));

const templates = new Templates(new Eta({ views }), {
  context: (request) => ({ user: request.headers.get('x-user') ?? 'nobody' }),
});
const own = new Templates({
  render: async (name, context) => `${name} ${Object.keys(context).join(' ')}`,
});

@Controller('/pages', { responseClass: HTMLResponse })
class Pages {
  @Get('/:name')
  read(name: string, request: Request) {
    return templates.page(request, 'page', { title: name });
  }
  @Get('/own/:status')
  ownEngine(status: string, request: Request) {
    if (status === 'none') throw new HTTPException(404);
    return own.page(
      request,
      'page',
      { request: 'mine', more: 1 },
      { status: Number(status), headers: { 'x-a': '1' } },
    );
  }
  @Get('/missing/template')
  missing(request: Request) {
    return templates.page(request, 'nothing');
  }
}
const app = new Vivace({ controllers: [Pages] });

describe('templates', () => {
  it('become pages that see their context, what all templates see, and addresses', async () => {
    await using client = await testClient(app);
    const response = await client.get('/pages/one', { headers: { 'x-user': 'ann' } });
    expect(response.text).toBe('<h1>one</h1><a href="http://testserver/pages/one">ann</a>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('are escaped by their engine', async () => {
    await using client = await testClient(app);
    expect((await client.get('/pages/%3Cscript%3E')).text).toContain('<h1>&lt;script&gt;</h1>');
  });

  it('are rendered by any engine; what a page is given wins', async () => {
    await using client = await testClient(app);
    const response = await client.get('/pages/own/201');
    expect([response.status, response.headers.get('x-a'), response.text]).toEqual([
      201,
      '1',
      'page request urlFor more',
    ]);
  });

  it('that do not exist are an error of the program', async () => {
    await using client = await testClient(app);
    await expect(client.get('/pages/missing/template')).rejects.toThrow('nothing');
    expect(client.server.openapi().paths['/pages/{name}']).toMatchObject({
      get: { responses: { 200: { content: { 'text/html': { schema: { type: 'string' } } } } } },
    });
  });
});
