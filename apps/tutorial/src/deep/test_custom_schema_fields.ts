import { Controller, Field, Get, Model, Vivace, make } from 'vivace';

@Model({ schemaExtra: { 'x-something-internal': { level: 4 } } })
class Item {
  name!: string;
  @Field({ schemaExtra: { anyOf: undefined, type: ['string', 'null'] } }) description:
    string | null = null;
}

@Controller('/foo')
class Foo {
  @Get()
  foo(): Item {
    return make(Item, { name: 'Foo item' });
  }
}

export const app = new Vivace({ controllers: [Foo] });
