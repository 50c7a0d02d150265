import type { Names } from './names';
import type { Piece } from './piece';
import { resource } from './resource';

/** @param end what a relative import ends with: `.js` in ES modules */
type Make = (names: Names, end: string) => Piece;

export const PIECES: Readonly<Record<string, Make>> = {
  controller({ kebab, pascal }, end) {
    const file = `${kebab}/${kebab}.controller`;
    return {
      controller: { name: `${pascal}Controller`, file },
      files: {
        [`${file}.ts`]: `import { Controller, Get } from 'vivace';

@Controller('/${kebab}', { tags: ['${kebab}'] })
export class ${pascal}Controller {
  @Get()
  list(): string[] {
    return [];
  }
}
`,
        [`${file}.test.ts`]: `import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { ${pascal}Controller } from './${kebab}.controller${end}';

describe('${kebab}', () => {
  it('answers a list', async () => {
    await using client = await testClient(new Vivace({ controllers: [${pascal}Controller] }));
    expect((await client.get('/${kebab}')).json()).toEqual([]);
  });
});
`,
      },
    };
  },

  dto: ({ kebab, pascal }, end) => ({
    files: {
      [`${kebab}/${kebab}.model.ts`]: `import { Length } from 'class-validator';

export class ${pascal} {
  @Length(1, 200) name!: string;
  description?: string;
}
`,
      [`${kebab}/${kebab}.model.test.ts`]: `import { parse } from 'vivace';
import { ${pascal} } from './${kebab}.model${end}';

describe('${pascal}', () => {
  it('needs a name', () => {
    expect(parse(${pascal}, { name: 'first' })).toEqual({ name: 'first' });
    expect(() => parse(${pascal}, { name: '' })).toThrow();
  });
});
`,
    },
  }),

  injectable: ({ kebab, pascal, camel }, end) => ({
    files: {
      [`${kebab}/${kebab}.ts`]: `import { Injectable } from 'vivace';

/** One for each request; \`@Injectable({ lifetime: 'singleton' })\` makes one for all. */
@Injectable()
export class ${pascal} {
  greet(name: string): string {
    return \`Hello, \${name}!\`;
  }
}
`,
      [`${kebab}/${kebab}.test.ts`]: `import { ${pascal} } from './${kebab}${end}';

describe('${pascal}', () => {
  it('greets', () => {
    const ${camel} = new ${pascal}();
    expect(${camel}.greet('Ada')).toBe('Hello, Ada!');
  });
});
`,
    },
  }),

  dependency: ({ kebab, pascal, camel }, end) => ({
    files: {
      [`${kebab}/${kebab}.ts`]: `import { dependency, Query, type Provided } from 'vivace';

const inputs = { name: Query(String, { default: 'World' }) };

/** What a request says about it; \`@Depends(${camel})\` gives it to a handler. */
export const ${camel} = dependency(inputs, ({ name }) => ({ name }));
export type ${pascal} = Provided<typeof ${camel}>;
`,
      [`${kebab}/${kebab}.test.ts`]: `import { Controller, Depends, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { ${camel}, type ${pascal} } from './${kebab}${end}';

@Controller()
class ${pascal}Probe {
  @Get('/')
  read(@Depends(${camel}) value: ${pascal}): string {
    return value.name;
  }
}

describe('${camel}', () => {
  it('reads the query', async () => {
    await using client = await testClient(new Vivace({ controllers: [${pascal}Probe] }));
    expect((await client.get('/', { params: { name: 'Ada' } })).json()).toBe('Ada');
  });
});
`,
    },
  }),

  resource,

  websocket({ kebab, pascal }, end) {
    const file = `${kebab}/${kebab}.socket`;
    return {
      controller: { name: `${pascal}Socket`, file },
      files: {
        [`${file}.ts`]: `import { Controller, WebSocketRoute, type WebSocket } from 'vivace';

@Controller('/${kebab}')
export class ${pascal}Socket {
  @WebSocketRoute()
  async talk(socket: WebSocket): Promise<void> {
    for await (const text of socket.messages()) await socket.send(\`You said: \${text}\`);
  }
}
`,
        [`${file}.test.ts`]: `import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { ${pascal}Socket } from './${kebab}.socket${end}';

describe('${kebab}', () => {
  it('answers each message', async () => {
    await using client = await testClient(new Vivace({ controllers: [${pascal}Socket] }));
    await using socket = await client.websocket('/${kebab}');
    await socket.send('hello');
    expect(await socket.receive()).toBe('You said: hello');
  });
});
`,
      },
    };
  },

  settings: ({ kebab, pascal, constant }, end) => ({
    files: {
      [`${kebab}/${kebab}.settings.ts`]: `import type { int } from 'vivace';
import { Settings } from 'vivace/settings';

/** Read from the environment: ${constant}_PAGE_SIZE; injected by its type. */
@Settings({ prefix: '${constant}_' })
export class ${pascal}Settings {
  pageSize: int = 20;
}
`,
      [`${kebab}/${kebab}.settings.test.ts`]: `import { loadSettings } from 'vivace/settings';
import { ${pascal}Settings } from './${kebab}.settings${end}';

describe('${pascal}Settings', () => {
  it('are read from the environment', () => {
    expect(loadSettings(${pascal}Settings, { ${constant}_PAGE_SIZE: '50' }).pageSize).toBe(50);
    expect(() => loadSettings(${pascal}Settings, { ${constant}_PAGE_SIZE: 'many' })).toThrow();
  });
});
`,
    },
  }),

  middleware: ({ kebab, camel }, end) => ({
    files: {
      [`${kebab}/${kebab}.middleware.ts`]: `import type { Middleware } from 'vivace';

/** Around every request: \`new Vivace({ middleware: [${camel}] })\`. */
export const ${camel}: Middleware = async (_request, next) => {
  const response = await next();
  response.headers.set('x-${kebab}', 'yes');
  return response;
};
`,
      [`${kebab}/${kebab}.middleware.test.ts`]: `import { Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { ${camel} } from './${kebab}.middleware${end}';

describe('${camel}', () => {
  it('marks every answer', async () => {
    await using client = await testClient(new Vivace({ middleware: [${camel}] }));
    expect((await client.get('/')).headers.get('x-${kebab}')).toBe('yes');
  });
});
`,
    },
  }),
};
