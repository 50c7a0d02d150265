import { MinLength } from 'class-validator';
import {
  Controller,
  Field,
  Get,
  Patch,
  Post,
  Query,
  Vivace,
  type decimal,
  type int,
  type ip,
} from 'vivace';

/** Something that is sold. */
class Product {
  id!: int;
  /**
   * What it is called.
   * @example Pen
   */
  @MinLength(2)
  name!: string;
  price!: decimal;
  unit: 'piece' | 'kg' = 'piece';
  tags: string[] = [];
  note?: string;
  soldOut: Date | null = null;
}

type NewProduct = Omit<Product, 'id'>;
type ProductChange = Partial<NewProduct>;

class Page<T> {
  items!: T[];
  total!: int;
}

interface Visit {
  from: ip;
  /** @minimum 0 */
  seconds: number;
}

class Setting {
  @Field({ strict: true }) value!: int;
}

const products: Product[] = [];

@Controller('/products')
class Products {
  @Post('/', { status: 201 })
  add(product: NewProduct): Product {
    const added = { id: products.length + 1, ...product };
    products.push(added);
    return added;
  }

  @Get('/')
  list(@Query({ ge: 1, le: 100 }) limit: int = 20): Page<Product> {
    return { items: products.slice(0, limit), total: products.length };
  }

  @Patch('/:id')
  change(id: int, change: ProductChange): Product {
    return Object.assign(products[id - 1]!, change);
  }

  @Post('/visits')
  visit(visit: Visit): Visit {
    return visit;
  }

  @Post('/setting')
  set(setting: Setting): Setting {
    return setting;
  }
}

export const app = new Vivace({ controllers: [Products] });
