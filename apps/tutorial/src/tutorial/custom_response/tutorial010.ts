import { Controller, Get, Vivace } from 'vivace';
import { HTMLResponse } from 'vivace/responses';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return '<h1>Items</h1><p>This is a list of items.</p>';
  }
}

export const app = new Vivace({ controllers: [Items], responseClass: HTMLResponse });
