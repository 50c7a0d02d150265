import { Min, MinLength } from 'class-validator';
import {
  Controller,
  Depends,
  dependency,
  Get,
  HTTPException,
  Post,
  Query,
  Vivace,
  type int,
  type Provided,
} from 'vivace';

class ItemIn {
  @MinLength(1) name!: string;
  @Min(0) price!: number;
  description?: string;
  tags: string[] = [];
  unit: 'piece' | 'kg' = 'piece';
}
class Item extends ItemIn {
  id!: int;
}

const shelf = new Map<number, Item & { supplier: string }>();

const page = dependency(
  { skip: Query(Number, { default: 0, ge: 0 }), limit: Query(Number, { default: 20, le: 100 }) },
  ({ skip, limit }) => ({ from: skip, to: skip + limit }),
);
type Page = Provided<typeof page>;

@Controller('/items', { tags: ['items'] })
class Items {
  @Get('/:item_id')
  read(item_id: int): Item {
    const item = shelf.get(item_id);
    if (!item) throw new HTTPException(404, 'no such item');
    return item;
  }

  @Get('/')
  list(@Depends(page) page: Page, unit: 'piece' | 'kg' | null = null): Item[] {
    return [...shelf.values()]
      .filter((item) => unit === null || item.unit === unit)
      .slice(page.from, page.to);
  }

  @Post('/', { status: 201 })
  create(item: ItemIn): Item {
    const made = { ...item, id: shelf.size + 1, supplier: 'nobody outside may know' };
    shelf.set(made.id, made);
    return made;
  }
}

export const app = new Vivace({ title: 'Shop', controllers: [Items] });
