import { Controller, Depends, Get, Injectable, Query, Vivace, int } from 'vivace';

const items = [{ item_name: 'Foo' }, { item_name: 'Bar' }, { item_name: 'Baz' }];

@Injectable()
class CommonQueryParams {
  constructor(
    @Query() readonly q: string | null = null,
    @Query() readonly skip: int = 0,
    @Query() readonly limit: int = 100,
  ) {}
}

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Depends(CommonQueryParams) commons: CommonQueryParams) {
    const found = items.slice(commons.skip, commons.skip + commons.limit);
    return commons.q ? { q: commons.q, items: found } : { items: found };
  }
}

export const app = new Vivace({ controllers: [Items] });
