import { Controller, Get, Vivace } from 'vivace';

/** Answers at once, so that many requests are on their way at any time. */
@Controller()
class Quick {
  @Get('/')
  read(): string {
    return 'quick';
  }
}

export const app = new Vivace({ controllers: [Quick], docs: false });
