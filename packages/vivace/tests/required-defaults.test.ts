import { Controller, Post, Vivace, type VivaceOptions, type int } from 'vivace';

class Line {
  qty: int = 1;
}
class Order {
  id!: int;
  note?: string;
  paid: boolean = false;
  lines: Line[] = [];
}

@Controller('/orders')
class Orders {
  @Post('/')
  add(order: Order): Order {
    return order;
  }
}

type Schemas = Record<string, { required?: string[] }>;
const requiredIn = async (
  docs?: VivaceOptions['docs'],
): Promise<Record<string, readonly string[]>> => {
  const { components } = await new Vivace({
    controllers: [Orders],
    ...(docs && { docs }),
  }).openapi();
  const own = Object.entries(components!.schemas as Schemas).filter(([name]) =>
    /Order|Line/.test(name),
  );
  return Object.fromEntries(own.map(([name, { required = [] }]) => [name, required]));
};

describe('a field with a default', () => {
  it('need not be there, as FastAPI says', async () => {
    expect(await requiredIn()).toEqual({ Line: [], Order: ['id'] });
  });

  it('is always in answers, which the document says with `requiredDefaults`', async () => {
    expect(await requiredIn({ requiredDefaults: true })).toEqual({
      'Line-Input': [],
      'Line-Output': ['qty'],
      'Order-Input': ['id'],
      'Order-Output': ['id', 'paid', 'lines'],
    });
  });

  it('is what clients send where there is one schema for both', async () => {
    expect(await requiredIn({ requiredDefaults: true, separateInputOutput: false })).toEqual({
      Line: [],
      Order: ['id'],
    });
  });
});
