import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/', { openapiExtra: { 'x-aperture-labs-portal': 'blue' } })
  read_items() {
    return [{ item_id: 'portal-gun' }];
  }
}

export const app = new Vivace({ controllers: [Items] });
