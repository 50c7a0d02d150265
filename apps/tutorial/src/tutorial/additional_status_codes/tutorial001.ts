import { Body, Controller, Put, Vivace, int } from 'vivace';
import { JSONResponse } from 'vivace/responses';

const items: Record<string, { name: string | null; size: int | null }> = {
  foo: { name: 'Fighters', size: 6 },
  bar: { name: 'Tenders', size: 3 },
};

@Controller('/items')
class Items {
  @Put('/:item_id')
  upsert_item(
    item_id: string,
    @Body() name: string | null = null,
    @Body() size: int | null = null,
  ) {
    const known = item_id in items;
    items[item_id] = { name, size };
    return known ? items[item_id] : new JSONResponse(items[item_id], { status: 201 });
  }
}

export const app = new Vivace({ controllers: [Items] });
