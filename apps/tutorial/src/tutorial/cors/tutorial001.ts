import { Controller, Get, Vivace } from 'vivace';
import { cors } from 'vivace/middleware';

const origins = [
  'http://localhost.tiangolo.com',
  'https://localhost.tiangolo.com',
  'http://localhost',
  'http://localhost:8080',
];

@Controller()
class Main {
  @Get('/')
  main() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({ controllers: [Main] }).use(cors({ origins, credentials: true }));
