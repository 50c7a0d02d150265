import { Controller, Get, Request, Vivace } from 'vivace';
import { send } from './http';
import { wireRequest } from './request';

@Controller()
class Echo {
  @Get('/')
  echo(request: Request): unknown {
    return request.fastify.raw.rawHeaders;
  }
}

it('sends the headers of a request and no others, in their order and as often as they stand there', async () => {
  await using server = await new Vivace({ controllers: [Echo] }).listen({ port: 0 });
  const headers = [
    ['X-Tag', 'a'],
    ['x-tag', 'b'],
    ['host', 'testserver'],
  ] as const;
  const removed_default_headers = ['accept', 'accept-encoding', 'connection', 'user-agent'];
  const wire = wireRequest({ method: 'GET', url: '/', headers, removed_default_headers });
  const { body } = await send(server, wire);
  expect(JSON.parse(body.toString())).toEqual(['X-Tag', 'a', 'X-Tag', 'b', 'host', 'testserver']);
  const kept = await send(server, wireRequest({ method: 'GET', url: '/' }));
  expect(JSON.parse(kept.body.toString())).toEqual(
    expect.arrayContaining(['connection', 'keep-alive']),
  );
});
