import { isOfLanguage } from './clash';
import type { Names } from './names';
import type { Piece } from './piece';

/** What the files import; a Post would hide `@Post`. */
const USED = ['Controller', 'Delete', 'Get', 'Injectable', 'Length', 'Post', 'Put', 'Vivace'];

/** A controller with its models and a repository in memory: list, read, add, replace, remove. */
export function resource({ kebab, pascal, singular }: Names, end: string): Piece {
  const file = `${kebab}/${kebab}.controller`;
  const id = `${singular.charAt(0).toLowerCase()}${singular.slice(1)}Id`;
  const one =
    singular === pascal || USED.includes(singular) || isOfLanguage(singular)
      ? `${singular}Out`
      : singular;
  return {
    controller: { name: `${pascal}Controller`, file },
    files: {
      [`${kebab}/${kebab}.models.ts`]: `import { Length } from 'class-validator';
import type { int } from 'vivace';

export class ${singular}In {
  @Length(1, 200) name!: string;
  description?: string;
}

export class ${one} extends ${singular}In {
  id!: int;
}
`,
      [`${kebab}/${kebab}.repository.ts`]: `import { Injectable } from 'vivace';
import type { ${one}, ${singular}In } from './${kebab}.models${end}';

/** In the memory of this process: gone when it ends. */
@Injectable({ lifetime: 'singleton' })
export class ${pascal}Repository {
  readonly #all = new Map<number, ${one}>();
  #last = 0;

  async list(): Promise<${one}[]> {
    return [...this.#all.values()];
  }

  async byId(id: number): Promise<${one} | undefined> {
    return this.#all.get(id);
  }

  async add(values: ${singular}In): Promise<${one}> {
    return this.put(++this.#last, values);
  }

  async put(id: number, values: ${singular}In): Promise<${one}> {
    const stored = { ...values, id };
    this.#all.set(id, stored);
    return stored;
  }

  async remove(id: number): Promise<boolean> {
    return this.#all.delete(id);
  }
}
`,
      [`${file}.ts`]: `import { Controller, Delete, Get, HTTPException, Post, Put, type int } from 'vivace';
import { ${[one, `${singular}In`].toSorted().join(', ')} } from './${kebab}.models${end}';
import { ${pascal}Repository } from './${kebab}.repository${end}';

@Controller('/${kebab}', { tags: ['${kebab}'] })
export class ${pascal}Controller {
  constructor(private readonly repository: ${pascal}Repository) {}

  @Get()
  list(): Promise<${one}[]> {
    return this.repository.list();
  }

  @Get('/:${id}')
  read(${id}: int): Promise<${one}> {
    return this.#find(${id});
  }

  @Post('', { status: 201 })
  add(values: ${singular}In): Promise<${one}> {
    return this.repository.add(values);
  }

  @Put('/:${id}')
  async replace(${id}: int, values: ${singular}In): Promise<${one}> {
    await this.#find(${id});
    return this.repository.put(${id}, values);
  }

  @Delete('/:${id}', { status: 204 })
  async remove(${id}: int): Promise<void> {
    await this.#find(${id});
    await this.repository.remove(${id});
  }

  async #find(id: number): Promise<${one}> {
    const found = await this.repository.byId(id);
    if (!found) throw new HTTPException(404, 'Not found');
    return found;
  }
}
`,
      [`${file}.test.ts`]: `import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { ${pascal}Controller } from './${kebab}.controller${end}';

const app = new Vivace({ controllers: [${pascal}Controller] });

describe('${kebab}', () => {
  it('are added, listed, replaced and removed', async () => {
    await using client = await testClient(app);
    const added = await client.post('/${kebab}', { json: { name: 'first' } });
    expect([added.status, added.json()]).toEqual([201, { id: 1, name: 'first' }]);
    expect((await client.get('/${kebab}')).json()).toEqual([{ id: 1, name: 'first' }]);
    const replaced = await client.put('/${kebab}/1', { json: { name: 'second' } });
    expect(replaced.json()).toEqual({ id: 1, name: 'second' });
    expect((await client.delete('/${kebab}/1')).status).toBe(204);
    expect((await client.get('/${kebab}/1')).status).toBe(404);
  });

  it('need a name', async () => {
    await using client = await testClient(app);
    expect((await client.post('/${kebab}', { json: { name: '' } })).status).toBe(422);
  });
});
`,
    },
  };
}
