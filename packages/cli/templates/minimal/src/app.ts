import { Controller, Get, Path, Vivace, type int } from 'vivace';

class Greeting {
  message!: string;
}

@Controller()
class Greetings {
  @Get('/')
  hello(name: string = 'World'): Greeting {
    return { message: `Hello, ${name}!` };
  }

  /** Says it several times. */
  @Get('/greetings/:count')
  greetings(@Path({ ge: 0, le: 100 }) count: int): Greeting[] {
    return Array.from({ length: count }, (_, index) => ({
      message: `Hello, number ${index + 1}!`,
    }));
  }
}

export const app = new Vivace({
  title: '{{name}}',
  controllers: [Greetings],
});
