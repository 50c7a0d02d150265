import { Controller, Get, Vivace } from 'vivace';
import { compress } from 'vivace/middleware';
import { PlainTextResponse } from 'vivace/responses';

@Controller()
class Main {
  @Get('/')
  main() {
    return 'somebigcontent';
  }

  @Get('/large', { hidden: true })
  large() {
    return new PlainTextResponse('x'.repeat(4000));
  }
}

export const app = new Vivace({ controllers: [Main] }).use(compress({ minSize: 1000 }));
