import { Controller, Get, HTTPException, Post, Vivace, int } from 'vivace';

class UserBase {
  email!: string;
}

class UserCreate extends UserBase {
  password!: string;
}

class UserDB extends UserBase {
  hashed_password!: string;
}

class PetDB {
  name!: string;
  owner!: UserDB;
}

class PetOut {
  name!: string;
  owner!: UserBase;
}

const owner: UserDB = { email: 'johndoe@example.com', hashed_password: 'secrethashed' };
const pets: PetDB[] = [
  { name: 'Nibbler', owner },
  { name: 'Zoidberg', owner },
];

@Controller()
class Pets {
  @Post('/users/', { response: UserBase })
  create_user(user: UserCreate) {
    return user;
  }

  @Get('/pets/:pet_id', { response: PetOut })
  read_pet(pet_id: int) {
    const pet = pets[pet_id - 1];
    if (!pet) throw new HTTPException(404, 'Pet not found');
    return pet;
  }

  @Get('/pets/', { response: [PetOut] })
  read_pets() {
    return pets;
  }
}

export const app = new Vivace({ controllers: [Pets] });
