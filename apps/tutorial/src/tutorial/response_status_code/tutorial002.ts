import { Controller, Post, Vivace } from 'vivace';
import * as status from 'vivace/status';

@Controller('/items')
class Items {
  @Post('/', { status: status.HTTP_201_CREATED })
  create_item(name: string) {
    return { name };
  }
}

export const app = new Vivace({ controllers: [Items] });
