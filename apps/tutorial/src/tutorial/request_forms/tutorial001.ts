import { Controller, Form, Post, Vivace } from 'vivace';

@Controller('/login')
class Login {
  @Post('/')
  login(@Form() username: string, @Form() password: string) {
    return { username };
  }
}

export const app = new Vivace({ controllers: [Login] });
