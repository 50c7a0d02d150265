import { handler } from './lambda';

/** What API Gateway sends for a request. */
const event = (method: string, path: string, body?: object) => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: '',
  headers: { host: 'books.example', ...(body && { 'content-type': 'application/json' }) },
  requestContext: { http: { method, path } },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});

test('a function of AWS Lambda answers what the application would', async () => {
  const created = await handler(event('POST', '/v1/books/', { title: 'Emma', pages: 474 }));
  expect([created.statusCode, JSON.parse(created.body)]).toEqual([
    201,
    { title: 'Emma', pages: 474, language: 'en', id: 1 },
  ]);
  expect(await handler(event('GET', '/v1/books/7'))).toMatchObject({
    statusCode: 404,
    body: '{"detail":"No book 7"}',
  });
});
