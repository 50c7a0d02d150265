import { Body, Controller, Get, Vivace } from 'vivace';

/**
 * What everybody reads.
 *
 * What only readers of the source see.
 */
class MyModel {
  [name: string]: never;
}

@Controller('/foo')
class Foo {
  @Get()
  foo(@Body() foo: MyModel) {
    void foo;
  }
}

export const app = new Vivace({ controllers: [Foo] });
