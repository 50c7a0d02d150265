import { Controller, Get } from 'vivace';

@Controller('/{{path}}', { tags: ['{{path}}'] })
export class {{pascal}}Controller {
  @Get()
  list(): string[] {
    return [];
  }
}
