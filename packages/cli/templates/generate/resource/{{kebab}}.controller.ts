import { Controller, Delete, Get, HTTPException, Post, Put, type int } from 'vivace';
import { {{models}} } from './{{kebab}}.models.js';
import { {{pascal}}Repository } from './{{kebab}}.repository.js';

@Controller('/{{path}}', { tags: ['{{path}}'] })
export class {{pascal}}Controller {
  constructor(private readonly repository: {{pascal}}Repository) {}

  @Get()
  list(): Promise<{{model}}[]> {
    return this.repository.list();
  }

  @Get('/:{{id}}')
  read({{id}}: int): Promise<{{model}}> {
    return this.#find({{id}});
  }

  @Post('', { status: 201 })
  add(values: {{singular}}In): Promise<{{model}}> {
    return this.repository.add(values);
  }

  @Put('/:{{id}}')
  async replace({{id}}: int, values: {{singular}}In): Promise<{{model}}> {
    await this.#find({{id}});
    return this.repository.put({{id}}, values);
  }

  @Delete('/:{{id}}', { status: 204 })
  async remove({{id}}: int): Promise<void> {
    await this.#find({{id}});
    await this.repository.remove({{id}});
  }

  async #find(id: number): Promise<{{model}}> {
    const found = await this.repository.byId(id);
    if (!found) throw new HTTPException(404, 'Not found');
    return found;
  }
}
