import { Controller, Post, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Post('/', { status: 201 })
  create_item(name: string) {
    return { name };
  }
}

export const app = new Vivace({ controllers: [Items] });
