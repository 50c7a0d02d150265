import { Controller, Get, Vivace } from 'vivace';

class Item {
  name!: string;
  description!: string;
}

const items: Item[] = [
  { name: 'Foo', description: 'There comes my hero' },
  { name: 'Red', description: "It's my aeroplane" },
];

@Controller('/items')
class Items {
  @Get('/')
  read_items(): Item[] {
    return items;
  }
}

export const app = new Vivace({ controllers: [Items] });
