import { Controller, Get, Vivace } from 'vivace';
import { PlainTextResponse } from 'vivace/responses';

@Controller()
class Main {
  @Get('/', { responseClass: PlainTextResponse })
  main() {
    return 'Hello World';
  }
}

export const app = new Vivace({ controllers: [Main] });
