import type { RouteInfo } from 'vivace';
import { UserError } from '../terminal/user-error';
import { findRoutes } from './find';

const routes = [
  'GET /items/',
  'POST /items/',
  'GET /items/special',
  'GET /items/:item_id',
  'DELETE /items/:item_id',
  'GET /files/*path',
  'GET /v1.0/users',
].map((text) => {
  const [method, path] = text.split(' ');
  return { method, path } as RouteInfo;
});
const found = (asked: string): string[] =>
  findRoutes(asked, routes).map(({ method, path }) => `${method} ${path}`);

describe('an operation', () => {
  it.each([
    ['GET /items/:item_id', 'GET /items/:item_id'],
    ['get items', 'GET /items/'],
    ['GET /items/{id}', 'GET /items/:item_id'],
    ['GET /items/3?limit=1', 'GET /items/:item_id'],
    ['GET http://localhost:8000/items/3/', 'GET /items/:item_id'],
    ['GET /items/special', 'GET /items/special'],
    ['GET /files/{path:path}', 'GET /files/*path'],
    ['GET /files/a/b.txt', 'GET /files/*path'],
    ['GET /v1.0/users', 'GET /v1.0/users'],
  ])('is found by %s', (asked, operation) => expect(found(asked)).toEqual([operation]));

  it('of every method is found by an address alone', () =>
    expect(found('/items/3')).toEqual(['GET /items/:item_id', 'DELETE /items/:item_id']));

  it.each([
    ['PUT /items/3', 'There is GET /items/:item_id, DELETE /items/:item_id.'],
    ['GET /itmes', 'Did you mean GET /items/, POST /items/? vivace routes lists all'],
    ['GET /v1x0/users', 'Did you mean GET /v1.0/users? vivace routes lists all'],
    ['GET /zzz', 'vivace routes lists what there is'],
    ['', 'vivace routes lists what there is'],
  ])('that is not there is answered with what is: %s', (asked, advice) => {
    expect(() => found(asked)).toThrow(
      expect.objectContaining({ advice, usage: true }) as UserError,
    );
  });
});
