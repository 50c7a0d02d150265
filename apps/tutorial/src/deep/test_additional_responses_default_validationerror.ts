import { Controller, Get, Path, Vivace } from 'vivace';

@Controller('/a')
class A {
  @Get('/:id')
  a(@Path() id: unknown) {}
}

export const app = new Vivace({ controllers: [A] });
