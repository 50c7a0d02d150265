import { Controller, Post } from 'vivace';

@Controller()
export class Admin {
  @Post('/')
  update_admin() {
    return { message: 'Admin getting schwifty' };
  }
}
