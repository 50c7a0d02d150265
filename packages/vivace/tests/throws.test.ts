import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Injectable,
  Post,
  Throws,
  Vivace,
  dependency,
  on,
  type int,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

class NotFound extends HTTPException {
  constructor(what = 'Item') {
    super(404, `${what} not found`);
  }
}
class Sold extends Error {
  static readonly status = 409;
}
class Locked extends HTTPException {
  constructor() {
    super(423);
  }
}

const account = dependency(
  () => {
    throw new HTTPException(402, 'No money');
  },
  { throws: [402] },
);

@Injectable()
@Throws(Locked)
class Stock {}

@Controller('/items', {
  exceptions: [on(Sold, () => new JSONResponse({ detail: 'Sold' }, { status: 409 }))],
})
@Throws(503)
class Items {
  @Throws(NotFound, Sold)
  @Get('/:id')
  read(id: int): int {
    if (id === 1) throw new NotFound();
    throw new Sold();
  }
  @Post('/')
  add(stock: Stock, @Depends(account) paid: unknown): unknown[] {
    return [stock, paid];
  }
  @Get('/own/:id', { responses: { 404: { description: 'Mine' } } })
  @Throws(NotFound, 422)
  own(id: int): int {
    return id;
  }
}
const responsesOf = async (path: string, method: string, errors?: 'problem') => {
  const { paths, components } = await new Vivace({
    controllers: [Items],
    ...(errors && { errors }),
  }).openapi();
  return {
    responses: paths[path]![method]!['responses' as never] as Record<string, unknown>,
    schemas: components!.schemas!,
  };
};
const content = { 'application/json': { schema: { $ref: '#/components/schemas/HTTPError' } } };

describe('@Throws', () => {
  it('documents the name of the status where the detail is made of arguments', async () => {
    class NoItem extends HTTPException {
      constructor(id: int) {
        super(404, `There is no item ${id}`);
      }
    }
    class Gone extends HTTPException {
      constructor(readonly id: int) {
        super(410, 'Sold long ago');
      }
    }
    @Controller('/one')
    class One {
      @Throws(NoItem, Gone)
      @Get('/:id')
      read(id: int): int {
        throw new NoItem(id);
      }
    }
    const { paths } = await new Vivace({ controllers: [One] }).openapi();
    expect(paths['/one/{id}']!['get']).toMatchObject({
      responses: { '404': { description: 'Not Found' }, '410': { description: 'Sold long ago' } },
    });
  });

  it('documents errors with what they say, or with the name of their status', async () => {
    const { responses, schemas } = await responsesOf('/items/{id}', 'get');
    expect(responses).toMatchObject({
      '404': { description: 'Item not found', content },
      '409': { description: 'Conflict', content },
      '503': { description: 'Service Unavailable', content },
    });
    expect(schemas['HTTPError']).toEqual({
      title: 'HTTPError',
      type: 'object',
      properties: { detail: { title: 'Detail' } },
      required: ['detail'],
    });
  });

  it('counts for the operations that need a dependency or an injectable which throws', async () => {
    const { responses } = await responsesOf('/items/', 'post');
    expect(Object.keys(responses)).toEqual(['200', '402', '423', '503']);
    expect(responses['423']).toEqual({ description: 'Locked', content });
  });

  it('adds nothing to what the program describes itself, nor to the answer to input that does not fit', async () => {
    const { responses } = await responsesOf('/items/own/{id}', 'get');
    expect(responses['404']).toEqual({ description: 'Mine' });
    expect(responses['422']).toMatchObject({ description: 'Validation Error' });
  });

  it('has the content of the range that the program describes', async () => {
    class Sorry {
      message!: string;
    }
    const app = new Vivace({ controllers: [Items], responses: { '4XX': { response: Sorry } } });
    const { paths, components } = await app.openapi();
    expect(paths['/items/{id}']!['get']).toMatchObject({
      responses: {
        '404': {
          description: 'Item not found',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Sorry' } } },
        },
        '503': { content },
      },
    });
    expect(components!.schemas).not.toHaveProperty('HTTPValidationError');
  });

  it('describes problem details where errors are such', async () => {
    const { responses } = await responsesOf('/items/{id}', 'get', 'problem');
    expect(responses['404']).toEqual({
      description: 'Item not found',
      content: {
        'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
      },
    });
  });

  it('describes what is really answered', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    const missing = await client.get('/items/1');
    expect([missing.status, missing.json()]).toEqual([404, { detail: 'Item not found' }]);
    expect((await client.get('/items/2')).status).toBe(409);
  });

  it('names several errors of one status together', async () => {
    @Controller('/a')
    class Several {
      @Throws(
        NotFound,
        class Gone extends HTTPException {
          constructor() {
            super(404, 'Gone');
          }
        },
      )
      @Get('/')
      read(): null {
        return null;
      }
    }
    const { paths } = await new Vivace({ controllers: [Several] }).openapi();
    expect(paths['/a/']!['get']).toMatchObject({
      responses: { '404': { description: 'Item not found, or: Gone' } },
    });
  });
});
