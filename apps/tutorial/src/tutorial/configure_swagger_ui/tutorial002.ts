import { Controller, Get, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get('/:username')
  read_user(username: string) {
    return { message: `Hello ${username}` };
  }
}

export const app = new Vivace({
  controllers: [Users],
  docs: { swaggerParameters: { syntaxHighlight: { theme: 'obsidian' } } },
});
