import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Post, Vivace } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { Order, SoldOut, app } from './tickets';

const page = readFileSync(join(__dirname, '../../../../docs/guide/errors.md'), 'utf8');

let client: TestClient;
beforeAll(async () => (client = await testClient(app, { raiseErrors: false })));
afterAll(() => client.close());

test('every error has the body of the program, those of the framework too', async () => {
  const answers = await Promise.all([
    client.get('/shows/9'),
    client.post('/shows/1/orders', { json: { seats: 5 } }),
    client.post('/shows/x/orders', { json: { seats: 0 } }),
    client.get('/nowhere'),
    client.delete('/shows/1'),
  ]);
  expect(answers.map((answer) => [answer.status, answer.json()])).toEqual([
    [404, { message: 'There is no show 9' }],
    [409, { message: 'Only 4 left' }],
    [
      422,
      {
        message: 'Please check your input',
        fields: {
          id: 'Input should be a valid integer, unable to parse string as an integer',
          seats: 'Input should be greater than or equal to 1',
        },
      },
    ],
    [404, { message: 'Not Found' }],
    [405, { message: 'Method Not Allowed' }],
  ]);
  expect(answers[4]!.headers.get('allow')).toBe('GET, HEAD');
});

test('the document has what is thrown, with the body that is sent', () => {
  const content = (name: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  expect(client.server.openapi().paths['/shows/{id}/orders']).toMatchObject({
    post: {
      responses: {
        404: { description: 'Not Found', content: content('Problem') },
        409: { description: 'Conflict', content: content('Problem') },
        422: { content: content('InvalidInput') },
      },
    },
  });
});

@Controller('/bare')
class Bare {
  @Post('/orders')
  order(order: Order): void {
    expect(order).toBe('not reached');
  }
  @Get('/')
  read(): void {
    throw new SoldOut(0);
  }
}

test('without handlers the client learns nothing but the id of the request', async () => {
  await using bare = await testClient(new Vivace({ controllers: [Bare] }), { raiseErrors: false });
  const answer = await bare.get('/bare/');
  expect([answer.status, answer.text]).toEqual([500, '{"detail":"Internal Server Error"}']);
  expect(answer.headers.get('x-request-id')).toEqual(expect.any(String));
  await using strict = await testClient(new Vivace({ controllers: [Bare] }));
  await expect(strict.get('/bare/')).rejects.toThrow(SoldOut);
});

test('the 422 on the page is what is answered without handlers', async () => {
  const [, shown] = /```json\n([^]*?)```/.exec(page) ?? [];
  await using bare = await testClient(new Vivace({ controllers: [Bare] }));
  expect((await bare.post('/bare/orders', { json: { seats: 0 } })).json()).toEqual(
    JSON.parse(shown!),
  );
});

test('the boot error on the page is in the table of errors', () => {
  const [, shown] = /```text\n([^]*?)```/.exec(page) ?? [];
  expect(readFileSync(join(__dirname, '../../../../docs/errors.md'), 'utf8')).toContain(shown);
});
