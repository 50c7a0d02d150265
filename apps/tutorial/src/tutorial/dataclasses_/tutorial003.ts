import { Controller, Get, Post, Vivace, make } from 'vivace';

class Item {
  name!: string;
  description: string | null = null;
}

class Author {
  name!: string;
  items?: Item[];
}

const item = (name: string, description: string | null = null): Item =>
  make(Item, { name, description });

@Controller('/authors')
class Authors {
  @Post('/:author_id/items/')
  create_author_items(author_id: string, items: Item[]): Author {
    return { name: author_id, items };
  }

  @Get('/')
  get_authors(): Author[] {
    return [
      {
        name: 'Breaters',
        items: [
          item('Island In The Moon', "A place to be playin' and havin' fun"),
          item('Holy Buddies'),
        ],
      },
      {
        name: 'System of an Up',
        items: [
          item('Salt', "The kombucha mushroom people's favorite"),
          item('Pad Thai'),
          item('Lonely Night', 'The mostests lonliest nightiest of allest'),
        ],
      },
    ];
  }
}

export const app = new Vivace({ controllers: [Authors] });
