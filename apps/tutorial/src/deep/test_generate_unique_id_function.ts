import { Controller, Post, Vivace } from 'vivace';

interface Named {
  readonly name: string;
}

const foo = ({ name }: Named): string => `foo_${name}`;
const bar = ({ name }: Named): string => `bar_${name}`;
const baz = ({ name }: Named): string => `baz_${name}`;

class Item {
  name!: string;
  price!: number;
}

class Message {
  title!: string;
  description!: string;
}

const lists = { response: [Item], responses: { 404: { response: [Message] } } } as const;

@Controller()
class Root {
  @Post('/', lists)
  post_root(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller()
class Router {
  @Post('/router', lists)
  post_router(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller('', { operationId: bar })
class BarRouter {
  @Post('/router', lists)
  post_router(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller('', { operationId: bar })
class BarSubrouter {
  @Post('/subrouter', lists)
  post_subrouter(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller('', { operationId: bar })
class BazRouter {
  @Post('/router', { ...lists, operationId: 'baz_post_router' })
  post_router(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller()
class BazRoot {
  @Post('/', { ...lists, operationId: 'baz_post_root' })
  post_root(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller('', { operationId: baz })
class Callback {
  @Post('/post-callback', lists)
  post_callback(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller()
class WithCallback {
  @Post('/', { ...lists, operationId: 'baz_post_root', callbacks: [Callback] })
  post_root(item1: Item, item2: Item) {
    return [item1, item2];
  }

  @Post('/tocallback', lists)
  post_with_callback(item1: Item, item2: Item) {
    return [item1, item2];
  }
}

@Controller()
class Same {
  @Post('/', { operationId: 'foo' })
  post_root(item1: Item) {
    return item1;
  }

  @Post('/second', { operationId: 'foo' })
  post_second(item1: Item) {
    return item1;
  }

  @Post('/third', { operationId: 'foo' })
  post_third(item1: Item) {
    return item1;
  }
}

const application = (): Vivace => new Vivace({ operationId: foo });

export const apps = {
  test_top_level_generate_unique_id: application().include([Root, Router]),
  test_router_overrides_generate_unique_id: application().include([Root, BarRouter]),
  test_router_include_overrides_generate_unique_id: application()
    .include(Root)
    .include(Router, { operationId: bar }),
  test_subrouter_top_level_include_overrides_generate_unique_id: application()
    .include(Root)
    .include(Router, { operationId: baz })
    .include(BarSubrouter),
  test_router_path_operation_overrides_generate_unique_id: application().include([Root, BazRouter]),
  test_app_path_operation_overrides_generate_unique_id: application().include([BazRoot, BarRouter]),
  test_callback_override_generate_unique_id: application().include(WithCallback),
  test_warn_duplicate_operation_id: new Vivace({ controllers: [Same] }),
};
