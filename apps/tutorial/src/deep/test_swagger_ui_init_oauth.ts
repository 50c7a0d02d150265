import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return { id: 'foo' };
  }
}

export const app = new Vivace({
  controllers: [Items],
  docs: { oauth: { clientId: 'the-foo-clients', appName: 'The Predendapp' } },
});
