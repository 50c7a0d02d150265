import { Controller, Post, Vivace, dump } from 'vivace';

class PersonBase {
  name!: string;
  lastname!: string;
}

class PersonCreate extends PersonBase {}

class PersonRead extends PersonBase {
  full_name!: string;
}

class Person {
  name = '';
  lastname = '';

  get full_name(): string {
    return `${this.name} ${this.lastname}`;
  }
}

@Controller('/people')
class People {
  @Post('/', { response: PersonRead })
  create_person(person: PersonCreate) {
    return Object.assign(new Person(), dump(person));
  }
}

export const app = new Vivace({ controllers: [People] });
