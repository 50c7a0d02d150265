import { Controller, Get, Vivace } from 'vivace';

@Controller('/items')
class Items {
  @Get('/')
  read_items() {
    return [{ name: 'Foo' }];
  }
}

export const app = new Vivace({
  controllers: [Items],
  title: 'A document of our own',
  version: '2.5.0',
  summary: 'The document has the last word',
  description: 'It was **changed** before it was served.',
  docs: {
    transform: (document) => ({
      ...document,
      info: {
        ...document.info,
        'x-logo': { url: 'https://fastapi.tiangolo.com/img/logo-margin/logo-teal.png' },
      },
    }),
  },
});
