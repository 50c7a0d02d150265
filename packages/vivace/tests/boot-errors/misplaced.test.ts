import { Transform } from 'class-transformer';
import {
  Body,
  Controller,
  Cookie,
  File,
  Form,
  Header,
  ModelValidator,
  Path,
  Post,
  Query,
  UploadFile,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  type Dependency,
} from 'vivace';

class Part {
  name!: string;
}
class WithObject {
  q?: string;
  part!: { date: 'x' };
}
class WithDefault {
  part: { date: string } = { date: 'x' };
}
class WithOptional {
  part?: Part;
}
class WithRecord {
  names!: Record<string, string>;
}
class WithMap {
  names?: Map<string, string>;
}
class WithLists {
  rows!: string[][];
}
class WithUnion {
  part!: Part | string;
}
class WithList {
  parts: Part[] = [];
}
class WithFile {
  photo!: UploadFile;
}
class WithDeepFile {
  inner!: { photos: UploadFile[] };
}
class Fitting {
  one!: string;
  many: string[] = [];
  maybe: number | null = null;
  either?: string | number;
  any: unknown;
  @Transform(({ value }) => JSON.parse(String(value)) as unknown, { toClassOnly: true })
  read!: Part;
}
class Made {
  part!: Part;
  @ModelValidator({ mode: 'before' })
  static split(values: unknown) {
    return { part: { name: (values as { readonly name?: string }).name } };
  }
}

const NEVER: readonly (readonly [type: new () => object, field: string, what: string])[] = [
  [WithObject, 'part', 'an object'],
  [WithDefault, 'part', 'an object'],
  [WithOptional, 'part', 'an object'],
  [WithRecord, 'names', 'a record'],
  [WithMap, 'names', 'a record'],
  [WithLists, 'rows', 'lists of lists'],
  [WithUnion, 'part', 'a union with objects'],
  [WithList, 'parts', 'lists of objects'],
];

/** The message of an application with one operation that reads an input; empty if it is built. */
function bootOf(value: Dependency<unknown>, path = '/'): Promise<string> {
  @Controller('/made')
  class Operations {
    @Post(path, { dependencies: [dependency({ value }, () => undefined)] })
    run(): string {
      return 'ran';
    }
  }
  return messageOf(Operations);
}

/** The same with a WebSocket. */
function bootOfSocket(value: Dependency<unknown>): Promise<string> {
  @Controller('/made')
  class Operations {
    @WebSocketRoute('/', { dependencies: [dependency({ value }, () => undefined)] })
    async run(socket: WebSocket): Promise<void> {
      await socket.send('ran');
    }
  }
  return messageOf(Operations);
}

async function messageOf(Operations: new () => object): Promise<string> {
  try {
    const server = await new Vivace({ controllers: [Operations] }).build();
    await server.close();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

type Mark = (type: new () => object) => Dependency<unknown>;
const MARKS: Readonly<Record<string, Mark>> = { Query, Header, Cookie, Form };

describe.each(Object.entries(MARKS))('@%s()', (name, mark) => {
  it.each(NEVER)('refuses %p at boot, with its field', async (type, field, what) => {
    const message = await bootOf(mark(type));
    expect(message).toMatch(/^\[INPUT_TYPE\]/);
    expect(message).toContain(`@${name}() takes `);
    expect(message).toContain(`but its field '${field}' is ${what}.`);
  });

  it('takes what can be given, also through a transform or validator of the program', async () => {
    expect(await bootOf(mark(Fitting))).toBe('');
    expect(await bootOf(mark(Made))).toBe('');
  });
});

describe('a path, a form and a file', () => {
  it('carry no more than they can', async () => {
    expect(await bootOf(Path([String]), '/:value')).toContain('takes a single value, not a list');
    expect(await bootOf(Path(WithList), '/:parts')).toContain(`its field 'parts' is a list`);
    expect(await bootOf(Form([[String]]))).toContain('not lists of lists');
    expect(await bootOf(Form([Part]))).toContain('not lists of objects');
    expect(await bootOf(File(Part))).toContain(`[INPUT_TYPE]`);
    expect(await bootOf(Query(WithFile))).toContain(`its field 'photo' is a file`);
  });

  it('have files, alone and in a DTO', async () => {
    expect(await bootOf(Form(WithFile))).toBe('');
    expect(await bootOf(File(UploadFile))).toBe('');
    expect(await bootOf(File([UploadFile]))).toBe('');
  });
});

describe('a WebSocket', () => {
  it.each(Object.entries(MARKS).slice(0, 3))('takes by @%s() what HTTP takes', async (_, mark) => {
    for (const [type, field, what] of NEVER)
      expect(await bootOfSocket(mark(type))).toMatch(
        new RegExp(`^\\[INPUT_TYPE\\] .*but its field '${field}' is ${what}.`),
      );
    expect(await bootOfSocket(mark(Fitting))).toBe('');
  });

  it.each<[string, Dependency<unknown>]>([
    ['Body', Body(String)],
    ['Form', Form(String)],
    ['File', File(UploadFile)],
  ])('has no body for @%s()', async (_, value) => {
    expect(await bootOfSocket(value)).toMatch(
      /^\[CONTEXT_ABSENT\] .*needs a body, which there is none of in a WebSocket route/,
    );
  });
});

test('JSON has no files', async () => {
  for (const type of [WithFile, WithDeepFile, [WithFile], UploadFile])
    expect(await bootOf(Body(type as never))).toMatch(/^\[INPUT_TYPE\] .*a file/);

  @Controller('/photos')
  class Photos {
    @Post('/') add(photo: WithFile) {
      return photo.photo.size;
    }
  }
  await expect(new Vivace({ controllers: [Photos] }).build()).rejects.toThrow(
    "@Body() takes JSON, but its field 'photo' is a file.",
  );
});
