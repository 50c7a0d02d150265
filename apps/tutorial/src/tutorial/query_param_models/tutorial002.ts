import { Controller, Field, Get, Model, Query, Vivace, int } from 'vivace';

@Model({ extra: 'forbid' })
class FilterParams {
  @Field({ gt: 0, le: 100 }) limit: int = 100;
  @Field({ ge: 0 }) offset: int = 0;
  order_by: 'created_at' | 'updated_at' = 'created_at';
  tags: string[] = [];
}

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query() filter_query: FilterParams) {
    return filter_query;
  }
}

export const app = new Vivace({ controllers: [Items] });
