import { Body, Controller, Post, Vivace, int } from 'vivace';

class Cat {
  pet_type: string = 'cat';
  meows!: int;
}

class Dog {
  pet_type: string = 'dog';
  barks!: number;
}

const discriminator = (value: unknown): string | undefined => {
  const type =
    typeof value === 'object' && value !== null && 'pet_type' in value ? value.pet_type : undefined;
  return type === 'cat' ? 'Cat' : type === 'dog' ? 'Dog' : undefined;
};

@Controller('/pet')
class Pets {
  @Post('/assignment')
  create_pet_assignment(pet: Cat | Dog) {
    return pet;
  }

  @Post('/annotated')
  create_pet_annotated(@Body({ discriminator }) pet: Cat | Dog) {
    return pet;
  }
}

export const app = new Vivace({ controllers: [Pets] });
