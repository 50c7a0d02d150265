import { Controller, Get, Vivace, type Middleware } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  list(): string[] {
    return ['lamp'];
  }
}

const timing: Middleware = async (request, next) => {
  const start = performance.now();
  const response = await next();
  response.headers.set('X-Process-Time', String((performance.now() - start) / 1000));
  return response;
};

export const app = new Vivace({ controllers: [Items] }).use(timing);
