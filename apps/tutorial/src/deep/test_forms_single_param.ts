import { Controller, Form, Post, Vivace } from 'vivace';

@Controller('/form')
class Forms {
  @Post('/')
  post_form(@Form() username: string) {
    return username;
  }
}

export const app = new Vivace({ controllers: [Forms] });
