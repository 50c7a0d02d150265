import type { Middleware } from 'vivace';

/** Around every request: `new Vivace({ middleware: [{{camel}}] })`. */
export const {{camel}}: Middleware = async (_request, next) => {
  const response = await next();
  response.headers.set('x-{{kebab}}', 'yes');
  return response;
};
