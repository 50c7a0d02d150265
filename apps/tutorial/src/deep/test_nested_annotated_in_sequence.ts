import { Controller, Get, Query, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/')
  read_root(@Query({ maxLength: 3 }) foo: Set<string> | null = null) {
    return { foo: foo && [...foo].sort() };
  }
}

export const app = new Vivace({ controllers: [Root] });
