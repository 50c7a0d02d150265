import { Controller, Get, Vivace, type Middleware } from 'vivace';

const timing: Middleware = async (request, next) => {
  const before = performance.now();
  const response = await next();
  response.headers.set('X-Response-Time', String((performance.now() - before) / 1000));
  return response;
};

@Controller()
class Main {
  @Get('/')
  not_timed() {
    return { message: 'Not timed' };
  }
}

@Controller('', { middleware: [timing] })
class Timed {
  @Get('/timed')
  timed() {
    return { message: "It's the time of my life" };
  }
}

export const app = new Vivace({ controllers: [Main, Timed] });
