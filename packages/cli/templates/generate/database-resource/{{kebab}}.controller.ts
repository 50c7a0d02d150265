import { Controller, Delete, Get, Patch, Post, Query, type int } from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import { Session } from '@vivace/sql';
import { {{model}}, type {{singular}}In } from './{{kebab}}.entity.js';

@Controller('/{{path}}', { tags: ['{{path}}'] })
export class {{pascal}}Controller {
  constructor(private readonly db: Session) {}

  @Get()
  list(@Query() page: PageQuery): Promise<Page<{{model}}>> {
    return this.db.page({{model}}, page);
  }

  @Get('/:{{id}}')
  read({{id}}: int): Promise<{{model}}> {
    return this.db.get({{model}}, { id: {{id}} });
  }

  @Post('', { status: 201 })
  add(values: {{singular}}In): Promise<{{model}}> {
    return this.db.insert({{model}}, values);
  }

  @Patch('/:{{id}}')
  change({{id}}: int, change: Partial<{{singular}}In>): Promise<{{model}}> {
    return this.db.patch({{model}}, { id: {{id}} }, change);
  }

  @Delete('/:{{id}}', { status: 204 })
  async remove({{id}}: int): Promise<void> {
    this.db.remove(await this.db.get({{model}}, { id: {{id}} }));
  }
}
