import {
  Controller,
  Field,
  FieldValidator,
  Model,
  Post,
  Vivace,
  type date,
  type datetime,
  type decimal,
  type int,
} from 'vivace';

@Model({ trim: true })
class Offer {
  @Field({ multipleOf: 6 }) eggs?: int;
  @Field({ maxDigits: 6, decimalPlaces: 2 }) price?: decimal;
  @Field({ allowInfNan: true }) growth?: number;
  @Field({ strict: true }) count?: int;
  @Field({ minLength: 1, pattern: /^[a-z -]+$/ }) name?: string;
  colours?: Set<string>;
  @Field({ exclude: true }) cost?: int;

  @FieldValidator('name', { mode: 'before' })
  static lower(name: unknown) {
    return typeof name === 'string' ? name.toLowerCase() : name;
  }
}

class Person {
  @Field({ past: true }) born!: date;
  @Field({ future: true }) appointment?: Date;
  @Field({ past: true, offset: true }) seen?: datetime;
  @Field({ offset: false }) alarm?: datetime;
}

@Controller()
class Routes {
  @Post('/offers')
  offer(offer: Offer): Offer {
    return offer;
  }
  @Post('/people')
  person(person: Person): Person {
    return person;
  }
}

export const app = new Vivace({ controllers: [Routes] });
