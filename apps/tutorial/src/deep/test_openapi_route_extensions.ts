import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/', { openapiExtra: { 'x-custom-extension': 'value' } })
  route_with_extras() {
    return {};
  }
}

export const app = new Vivace({ controllers: [Root] });
