import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return [{ name: 'Katana' }];
  }
}

export const app = new Vivace({
  controllers: [Items],
  title: 'A shop for heroes',
  summary: 'Everything a hero needs.',
  description: 'You can **read items**.\n\nYou will be able to **create users**.',
  version: '0.0.1',
  termsOfService: 'http://example.com/terms/',
  contact: {
    name: 'Deadpoolio the Amazing',
    url: 'http://x-force.example.com/contact/',
    email: 'dp@x-force.example.com',
  },
  license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0.html' },
});
