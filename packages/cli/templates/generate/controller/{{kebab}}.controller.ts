import { Controller, Get } from 'vivace';

@Controller('/{{kebab}}', { tags: ['{{kebab}}'] })
export class {{pascal}}Controller {
  @Get()
  list(): string[] {
    return [];
  }
}
