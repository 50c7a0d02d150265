import { Controller, Get, HTTPException, Post, Vivace, dependency } from 'vivace';
import { HTTPBasic, sameSecret } from 'vivace/security';

class Item {
  name!: string;
  price!: number;
}

@Controller()
class Webhooks {
  /** Sent when an item was sold. */
  @Post('item-sold')
  item_sold(item: Item) {
    void item;
  }
}

@Controller('/items', { tags: ['items'] })
class Items {
  /** Adds an item. */
  @Post('/', { status: 201, openapiExtra: { 'x-audience': 'shops' } })
  create_item(item: Item): Item {
    return item;
  }

  @Get('/health', { hidden: true })
  health() {
    return 'ok';
  }
}

const basic = new HTTPBasic();
const developer = dependency({ credentials: basic }, ({ credentials }) => {
  if (!sameSecret(credentials.password, 'secret'))
    throw new HTTPException(403, 'For developers only');
});

export const app = new Vivace({
  title: 'Shop',
  version: '1.2.0',
  controllers: [Items],
  webhooks: [Webhooks],
  tagsMetadata: [{ name: 'items', description: 'What is sold.' }],
  servers: [{ url: 'https://shop.example.com', description: 'Production' }],
  docs: {
    dependencies: [developer],
    yaml: '/openapi.yaml',
    swaggerParameters: { operationsSorter: 'alpha' },
    transform: (document) => ({
      ...document,
      info: { ...document.info, 'x-logo': { url: '/logo.png' } },
    }),
  },
});
