import { Controller, Get, Vivace } from 'vivace';
import { Response } from 'vivace/responses';

class CustomORJSONResponse extends Response {
  static override readonly media = 'application/json';

  protected override render(content: unknown): string {
    return JSON.stringify(content, null, 2);
  }
}

@Controller()
class Main {
  @Get('/', { responseClass: CustomORJSONResponse })
  main() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Main] });
