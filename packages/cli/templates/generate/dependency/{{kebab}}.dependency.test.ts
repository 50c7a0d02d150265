import { Controller, Depends, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { {{camel}}, type {{pascal}} } from './{{kebab}}.dependency.js';

@Controller()
class {{pascal}}Probe {
  @Get('/')
  read(@Depends({{camel}}) value: {{pascal}}): string {
    return value.name;
  }
}

describe('{{camel}}', () => {
  it('reads the query', async () => {
    await using client = await testClient(new Vivace({ controllers: [{{pascal}}Probe] }));
    expect((await client.get('/', { params: { name: 'Ada' } })).json()).toBe('Ada');
  });
});
