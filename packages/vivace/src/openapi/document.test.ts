import {
  Body,
  Controller,
  Cookie,
  Depends,
  Field,
  Get,
  Header,
  Model,
  Path,
  Post,
  Query,
  Route,
  Security,
  Vivace,
  dependency,
  int,
} from 'vivace';
import { HTMLResponse, RedirectResponse } from 'vivace/responses';
import { APIKeyHeader, OAuth2PasswordBearer } from 'vivace/security';
import type { OpenAPIDocument, SchemaObject } from 'vivace/openapi';

type Documented = Record<string, never> & {
  parameters: {
    name: string;
    in: string;
    required: boolean;
    schema: SchemaObject;
    description?: string;
  }[];
  requestBody: {
    content: Record<string, { schema: SchemaObject; examples?: unknown }>;
    required?: boolean;
  };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: SchemaObject }> }
  >;
  security: Record<string, string[]>[];
  callbacks: Record<string, unknown>;
  operationId: string;
  tags: string[];
};

const operation = (document: OpenAPIDocument, method: string, path: string): Documented =>
  document.paths[path]![method] as Documented;

class Item {
  name!: string;
  price: number | null = null;
}

describe('parameters', () => {
  const inner = dependency(
    { skip: Query(int, { default: 0 }), q: Query(String) },
    ({ skip, q }) => ({ skip, q }),
  );
  const effect = dependency({ token: Header(String, { alias: 'x-token' }) }, () => undefined);
  class Filter {
    limit: int = 10;
    save_data!: boolean;
  }

  @Controller('/items', { dependencies: [effect] })
  class Items {
    @Get('/:item_id')
    read(
      item_id: int,
      @Depends(inner) page: unknown,
      @Query({ description: 'words', maxLength: 5 }) q?: string,
      @Cookie() session: string | null = null,
    ): void {
      void [item_id, page, q, session];
    }
    @Get('/models')
    models(@Query() filter: Filter, @Header() headers: Filter): void {
      void [filter, headers];
    }
    @Get('/hidden')
    hidden(@Query({ hidden: true }) secret: string = ''): void {
      void secret;
    }
  }

  it('stand by kind, the handler’s first, each name once, the last required one', async () => {
    const { parameters } = operation(
      await new Vivace({ controllers: [Items] }).openapi(),
      'get',
      '/items/{item_id}',
    );
    expect(parameters.map(({ in: kind, name, required }) => [kind, name, required])).toEqual([
      ['path', 'item_id', true],
      ['query', 'q', true],
      ['query', 'skip', false],
      ['header', 'x-token', true],
      ['cookie', 'session', false],
    ]);
    expect(parameters[0]!.schema).toEqual({ type: 'integer', title: 'Item Id' });
    expect(parameters[2]!.schema).toEqual({ type: 'integer', title: 'Skip', default: 0 });
    expect(parameters[3]!.schema).toEqual({ type: 'string', title: 'X-Token' });
    expect(parameters[4]!.schema).toEqual({
      anyOf: [{ type: 'string' }, { type: 'null' }],
      title: 'Session',
    });
  });

  it('are the fields of a model, with hyphens in headers', async () => {
    const { parameters } = operation(
      await new Vivace({ controllers: [Items] }).openapi(),
      'get',
      '/items/models',
    );
    expect(parameters.map(({ in: kind, name }) => `${kind} ${name}`)).toEqual([
      'query limit',
      'query save_data',
      'header limit',
      'header save-data',
      'header x-token',
    ]);
    expect(parameters[0]!.schema).toEqual({ type: 'integer', title: 'Limit', default: 10 });
    expect(parameters[3]!.schema).toEqual({ type: 'boolean', title: 'Save Data' });
  });

  it('that are hidden are left out, but can still be wrong', async () => {
    @Controller()
    class Hidden {
      @Get('/')
      read(@Query({ hidden: true }) secret: int = 1): void {
        void secret;
      }
    }
    const { parameters, responses } = operation(
      await new Vivace({ controllers: [Hidden] }).openapi(),
      'get',
      '/',
    );
    expect(parameters).toBeUndefined();
    expect(Object.keys(responses)).toEqual(['200', '422']);
  });
});

describe('the body', () => {
  @Controller()
  class Bodies {
    @Post('/one')
    one(item: Item): void {
      void item;
    }
    @Post('/optional')
    optional(item?: Item): void {
      void item;
    }
    @Post('/two')
    two(item: Item, @Body() importance: int): void {
      void [item, importance];
    }
    @Post('/list')
    list(@Body({ openapiExamples: { normal: { value: [1] } } }) values: int[]): void {
      void values;
    }
  }
  const document = new Vivace({ controllers: [Bodies] }).openapi();

  it('is one input as it is', async () => {
    expect(operation(await document, 'post', '/one').requestBody).toEqual({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } },
      required: true,
    });
    expect(operation(await document, 'post', '/optional').requestBody).not.toHaveProperty(
      'required',
    );
    expect(
      operation(await document, 'post', '/list').requestBody.content['application/json'],
    ).toEqual({
      schema: { items: { type: 'integer' }, type: 'array', title: 'Values' },
      examples: { normal: { value: [1] } },
    });
  });

  it('is an object with a key for each of several inputs', async () => {
    expect(
      operation(await document, 'post', '/two').requestBody.content['application/json']!.schema,
    ).toEqual({
      $ref: '#/components/schemas/Body_two_two_post',
    });
    expect((await document).components!.schemas!.Body_two_two_post).toEqual({
      properties: {
        item: { $ref: '#/components/schemas/Item' },
        importance: { type: 'integer', title: 'Importance' },
      },
      type: 'object',
      required: ['item', 'importance'],
      title: 'Body_two_two_post',
    });
  });
});

describe('responses', () => {
  @Controller('', { responses: { 404: { description: 'Nothing there' }, '5XX': {} } })
  class Answers {
    @Get('/items')
    items(): Item[] {
      return [];
    }
    @Get('/page', { responseClass: HTMLResponse })
    page(): string {
      return '';
    }
    @Get('/away', { responseClass: RedirectResponse })
    away(): string {
      return '';
    }
    @Post('/none', { status: 204 })
    none(): void {
      return;
    }
    @Get('/added/:id', {
      response: Item,
      responses: {
        200: { description: 'It, or a picture', content: { 'image/png': {} } },
        404: { response: Item },
        418: {},
        default: {},
      },
    })
    added(@Path() id: string): Item {
      return { name: id, price: 0 };
    }
  }
  const document = new Vivace({ controllers: [Answers] }).openapi();

  it('are titled by the operation unless they refer to a component', async () => {
    expect(
      operation(await document, 'get', '/items').responses['200']!.content!['application/json']!
        .schema,
    ).toEqual({
      items: { $ref: '#/components/schemas/Item' },
      type: 'array',
      title: 'Response Items Items Get',
    });
  });

  it('have the status and media type of their class', async () => {
    expect(operation(await document, 'get', '/page').responses['200']!.content).toEqual({
      'text/html': { schema: { type: 'string' } },
    });
    expect(operation(await document, 'get', '/away').responses['307']).toEqual({
      description: 'Successful Response',
    });
    expect(operation(await document, 'post', '/none').responses['204']).toEqual({
      description: 'Successful Response',
    });
  });

  it('are merged with those that were added, the nearest description first', async () => {
    const { responses } = operation(await document, 'get', '/added/{id}');
    const schema = { $ref: '#/components/schemas/Item' };
    expect(responses).toEqual({
      200: {
        description: 'It, or a picture',
        content: { 'application/json': { schema }, 'image/png': {} },
      },
      404: { description: 'Not Found', content: { 'application/json': { schema } } },
      418: { description: "I'm a Teapot" },
      '5XX': { description: 'Server Error' },
      default: { description: 'Default Response' },
    });
  });
});

describe('components', () => {
  it('are two where input and output differ, also in what they refer to', async () => {
    class Leaf {
      @Field({ alias: { in: 'a', out: 'b' } }) value!: string;
    }
    class Tree {
      leaf!: Leaf;
    }
    @Controller()
    class Trees {
      @Post('/')
      echo(tree: Tree): Tree {
        return tree;
      }
    }
    const names = async (app: Vivace): Promise<string[]> =>
      Object.keys((await app.openapi()).components!.schemas!);
    expect(await names(new Vivace({ controllers: [Trees] }))).toEqual([
      'HTTPValidationError',
      'Leaf-Input',
      'Leaf-Output',
      'Tree-Input',
      'Tree-Output',
      'ValidationError',
    ]);
    expect(
      await names(new Vivace({ controllers: [Trees], docs: { separateInputOutput: false } })),
    ).toEqual(['HTTPValidationError', 'Leaf', 'Tree', 'ValidationError']);
  });

  it('are one for a type that refers to itself', async () => {
    class Person {
      name!: string;
      friends: Person[] = [];
    }
    @Controller()
    class People {
      @Post('/')
      echo(person: Person): Person {
        return person;
      }
    }
    const { components } = await new Vivace({ controllers: [People] }).openapi();
    expect(components!.schemas!.Person).toMatchObject({
      properties: { friends: { items: { $ref: '#/components/schemas/Person' }, default: [] } },
    });
  });

  it('of one name for two types are an error that names the way out', async () => {
    const other = (): new () => object => {
      @Model({ name: 'Item' })
      class Other {
        @Field({ type: int }) other!: int;
      }
      return Other;
    };
    @Controller()
    class Two {
      @Get('/one')
      one(): Item {
        return new Item();
      }
      @Get('/two', { response: other() })
      two(): object {
        return {};
      }
    }
    await expect(new Vivace({ controllers: [Two] }).openapi()).rejects.toThrow(
      /COMPONENT_NAME.*called Item in the document; the other one is used by Two.one[^]*@Model\(\{ name: 'OtherItem' \}\)/,
    );
  });
});

describe('security, callbacks and webhooks', () => {
  const oauth = new OAuth2PasswordBearer({ tokenUrl: 'token', scopes: { a: 'A', b: 'B' } });
  const key = new APIKeyHeader({ key: 'x-key' });
  const user = dependency({ token: oauth, key }, () => 'ann');

  @Controller()
  class Callbacks {
    @Post('{$callback_url}/paid')
    paid(item: Item): void {
      void item;
    }
  }
  @Controller()
  class Hooks {
    @Post('new-item')
    newItem(item: Item): void {
      void item;
    }
  }
  @Controller('/me', { tags: ['me'] })
  class Me {
    @Get({ tags: ['own'], callbacks: [Callbacks], openapiExtra: { 'x-level': 1, tags: ['extra'] } })
    read(@Security(user, ['a']) one: string, @Security(oauth, ['b', 'a']) two: string): string {
      return one + two;
    }
    @Route(['PUT', 'PATCH'], '/x')
    write(): void {
      return;
    }
  }
  const document = new Vivace({
    controllers: [Me],
    webhooks: [Hooks],
    version: '2',
    tagsMetadata: [{ name: 'me' }],
  }).openapi();

  it('names each scheme once with all scopes, and together those that are needed together', async () => {
    const { security } = operation(await document, 'get', '/me');
    expect(security).toEqual([{ OAuth2PasswordBearer: ['a', 'b'], APIKeyHeader: ['a'] }]);
    expect((await document).components!.securitySchemes).toMatchObject({
      OAuth2PasswordBearer: { type: 'oauth2' },
      APIKeyHeader: { type: 'apiKey', in: 'header', name: 'x-key' },
    });
  });

  it('nests callbacks and merges what is extra', async () => {
    const { callbacks, tags, ...more } = operation(await document, 'get', '/me');
    expect(callbacks).toMatchObject({
      paid: {
        '{$callback_url}/paid': { post: { summary: 'Paid', requestBody: { required: true } } },
      },
    });
    expect(tags).toEqual(['me', 'own', 'extra']);
    expect(more).toMatchObject({ 'x-level': 1 });
  });

  it('documents webhooks beside the paths', async () => {
    expect(Object.keys((await document).webhooks as object)).toEqual(['new-item']);
    expect(Object.keys(await document)).toEqual([
      'openapi',
      'info',
      'paths',
      'webhooks',
      'components',
      'tags',
    ]);
  });

  it('gives each method of an operation an id of its own', async () => {
    const whole = await document;
    expect(['put', 'patch'].map((method) => operation(whole, method, '/me/x').operationId)).toEqual(
      ['write_me_x_put', 'write_me_x_patch'],
    );
  });
});

it('a key of the body that is a nullable DTO has no title, as in FastAPI', async () => {
  class Part {
    name!: string;
  }
  @Controller()
  class Parts {
    @Post('/parts')
    add(part: Part | null, other: Part, note: string = ''): void {
      void [part, other, note];
    }
    @Post('/notes')
    note(@Body({ embed: true }) part: Part | null, @Body({ embed: true }) text: string): void {
      void [part, text];
    }
  }
  const { components } = await new Vivace({ controllers: [Parts] }).openapi();
  const ref = { $ref: '#/components/schemas/Part' };
  expect(components!.schemas!['Body_note_notes_post']).toMatchObject({
    properties: { text: { type: 'string', title: 'Text' } },
  });
  for (const name of ['Body_add_parts_post', 'Body_note_notes_post'])
    expect(
      (components!.schemas![name] as { properties: { part: object } }).properties.part,
    ).toEqual({ anyOf: [ref, { type: 'null' }] });
});
