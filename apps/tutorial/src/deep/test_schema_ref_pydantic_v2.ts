import { Controller, Field, Get, Vivace } from 'vivace';

class ModelWithRef {
  @Field({ alias: '$ref' }) ref!: string;
}

@Controller()
class Root {
  @Get('/')
  read_root(): ModelWithRef {
    return { ref: 'some-ref' };
  }
}

export const app = new Vivace({ controllers: [Root] });
