import { Controller, Get, Vivace } from 'vivace';
import { trustedHosts } from 'vivace/middleware';

@Controller()
class Main {
  @Get('/')
  main() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Main] }).use(
  trustedHosts(['example.com', '*.example.com']),
);
