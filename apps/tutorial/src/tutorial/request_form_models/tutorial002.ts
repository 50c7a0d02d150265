import { Controller, Form, Model, Post, Vivace } from 'vivace';

@Model({ extra: 'forbid' })
class FormData {
  username!: string;
  password!: string;
}

@Controller('/login')
class Login {
  @Post('/')
  login(@Form() data: FormData) {
    return data;
  }
}

export const app = new Vivace({ controllers: [Login] });
