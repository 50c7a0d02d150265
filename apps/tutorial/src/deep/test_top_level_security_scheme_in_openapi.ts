import { Controller, Get, Vivace } from 'vivace';
import { HTTPBearer } from 'vivace/security';

const bearer_scheme = new HTTPBearer();

@Controller()
class Root {
  @Get('/', { dependencies: [bearer_scheme] })
  get_root() {
    return { message: 'Hello, World!' };
  }
}

export const app = new Vivace({ controllers: [Root] });
