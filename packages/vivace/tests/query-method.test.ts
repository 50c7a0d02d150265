import { request as send } from 'node:http';
import { Controller, Get, Post, Route, Vivace, type int } from 'vivace';

class Filter {
  name!: string;
  limit: int = 10;
}

@Controller()
class Items {
  @Get('/items')
  list(): string {
    return 'list';
  }
  @Post('/items')
  add(): string {
    return 'add';
  }
  @Route(['QUERY'], '/search')
  search(filter: Filter): Filter {
    return filter;
  }
}

async function ask(
  url: string,
  method: string,
  body?: string,
): Promise<[number, unknown, unknown]> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    send(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve([
          response.statusCode!,
          response.headers.allow,
          text === '' ? undefined : (JSON.parse(text) as unknown),
        ]),
      );
    })
      .on('error', reject)
      .end(body);
  });
}

describe('the method QUERY', () => {
  it('is a method like others: 405 where it is not served, with a body and without, and served where a route says so', async () => {
    await using server = await new Vivace({ controllers: [Items] }).listen({ port: 0 });
    const { url } = server;
    for (const body of [undefined, '{"name":"a"}', 'no json'])
      expect(await ask(`${url}/items`, 'QUERY', body)).toEqual([
        405,
        'GET, HEAD, POST',
        { detail: 'Method Not Allowed' },
      ]);
    for (const body of [undefined, '{}'])
      expect((await ask(`${url}/nowhere`, 'QUERY', body))[0]).toBe(404);
    expect((await ask(`${url}/search`, 'QUERY', '{"name":"a"}')).slice(0, 3)).toEqual([
      200,
      undefined,
      { name: 'a', limit: 10 },
    ]);
    expect((await ask(`${url}/search`, 'QUERY'))[0]).toBe(422);
    expect(await ask(`${url}/search`, 'POST', '{"name":"a"}')).toEqual([
      405,
      'QUERY',
      { detail: 'Method Not Allowed' },
    ]);
  });
});
