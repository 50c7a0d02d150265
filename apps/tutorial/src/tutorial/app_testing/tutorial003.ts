import { Controller, Depends, Get, Vivace, dependency, type Provided } from 'vivace';

const items = dependency(
  function* () {
    const items = new Map([
      ['foo', { name: 'Fighters' }],
      ['bar', { name: 'Tenders' }],
    ]);
    yield items;
    items.clear();
  },
  { lifetime: 'singleton' },
);
type Store = Provided<typeof items>;

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_items(item_id: string, @Depends(items) store: Store) {
    return store.get(item_id);
  }
}

export const app = new Vivace({ controllers: [Items], lifespan: items });
