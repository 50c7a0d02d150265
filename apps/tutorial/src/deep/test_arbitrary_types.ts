import { Transform } from 'class-transformer';
import { Controller, Field, Get, Vivace } from 'vivace';

class Vector {
  constructor(readonly numbers: readonly number[]) {}
}

class MyModel {
  @Field({ type: [Number] })
  @Transform(({ value }: { value: Vector }) => value.numbers, { toPlainOnly: true })
  custom_field!: Vector;
}

@Controller()
class Root {
  @Get('/')
  test(): MyModel {
    return { custom_field: new Vector([1, 2, 3]) };
  }
}

export const app = new Vivace({ controllers: [Root] });
