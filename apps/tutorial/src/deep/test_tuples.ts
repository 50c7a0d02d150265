import { Controller, Form, Post, Vivace, int } from 'vivace';

class ItemGroup {
  items!: [string, string][];
}

class Coordinate {
  x!: number;
  y!: number;
}

@Controller()
class Routes {
  @Post('/model-with-tuple/')
  post_model_with_tuple(item_group: ItemGroup) {
    return item_group;
  }

  @Post('/tuple-of-models/')
  post_tuple_of_models(square: [Coordinate, Coordinate]) {
    return square;
  }

  @Post('/tuple-form/')
  hello(@Form() values: [int, int]) {
    return values;
  }
}

export const app = new Vivace({ controllers: [Routes] });
