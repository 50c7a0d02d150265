import { Controller, Post } from 'vivace';
import ShelfItem from './shelf-item';

@Controller('/shelf')
export default class {
  accessor added = 0;

  @Post('/')
  add(item: ShelfItem): ShelfItem {
    this.added += 1;
    return item;
  }
}
