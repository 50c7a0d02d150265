import { Controller, Get, Request, Vivace } from 'vivace';

@Controller('/app')
class Main {
  @Get()
  read_main(request: Request) {
    return { message: 'Hello World', root_path: request.rootPath };
  }
}

export const app = new Vivace({
  controllers: [Main],
  rootPath: '/api/v1',
  servers: [
    { url: 'https://stag.example.com', description: 'To try things' },
    { url: 'https://prod.example.com', description: 'For everybody' },
  ],
});
