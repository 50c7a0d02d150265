import { Vivace } from 'vivace';

export const app = new Vivace().use(async (request, next) => {
  const start = performance.now();
  const response = await next();
  response.headers.set('X-Process-Time', String((performance.now() - start) / 1000));
  return response;
});
