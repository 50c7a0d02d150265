import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/')
  root() {
    return { 'hello world': 'ba' };
  }
}

export const app = new Vivace({ controllers: [Root] });

if (require.main === module) void app.listen({ host: '0.0.0.0', port: 8000 });
