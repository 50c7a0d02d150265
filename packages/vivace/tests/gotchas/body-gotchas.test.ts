import {
  Body,
  Controller,
  File,
  Form,
  Get,
  HTTPException,
  Model,
  Post,
  Request,
  Security,
  UploadFile,
  Vivace,
  int,
  type Server,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { testClient } from 'vivace/testing';
import { request, Wire } from '../reliability/raw';

class Item {
  name!: string;
}
@Model({ extra: 'forbid' })
class NewUser {
  name!: string;
}

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

describe('gotchas of bodies', () => {
  test('gotcha 27: a body that nobody asked for on GET is an error at boot, one that is asked for is read', async () => {
    @Controller()
    class Guessed {
      @Get('/')
      find(item: Item): string {
        return item.name;
      }
    }
    await expect(new Vivace({ controllers: [Guessed] }).build()).rejects.toThrow('@Body()');
    @Controller()
    class Asked {
      @Get('/')
      find(@Body() item: Item): string {
        return item.name;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Asked] }));
    expect((await client.request('GET', '/', { json: { name: 'a' } })).json()).toBe('a');
  });

  test('gotcha 28: a body has 1 MiB at most, counted as it comes, or what its operation says', async () => {
    @Controller()
    class Items {
      @Post('/')
      async post(received: Request): Promise<int> {
        return (await received.body()).length;
      }
      @Post('/large', { bodyLimit: 2_000_000 })
      async large(received: Request): Promise<int> {
        return (await received.body()).length;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    const body = 'x'.repeat(1024 * 1024 + 1);
    const refused = await client.post('/', { body });
    expect([refused.status, refused.json()]).toEqual([413, { detail: 'Content Too Large' }]);
    const pieces = async function* () {
      yield body;
    };
    expect((await client.post('/', { body: pieces() })).status).toBe(413);
    expect((await client.post('/large', { body })).json()).toBe(body.length);
  });

  test('gotcha 31: forms and files need nothing installed', async () => {
    @Controller()
    class Forms {
      @Post('/')
      post(@Form() name: string, file?: UploadFile): unknown[] {
        return [name, file?.size ?? null];
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Forms] }));
    expect((await client.post('/', { form: { name: 'a' } })).json()).toEqual(['a', null]);
    expect(
      (
        await client.post('/', {
          form: { name: 'a' },
          files: { file: { filename: 'x', content: '1' } },
        })
      ).json(),
    ).toEqual(['a', 1]);
  });

  test('gotcha 71: a guard answers before a body is read, malformed, announced or never sent', async () => {
    @Controller()
    class Items {
      @Post('/')
      post(@Security(new HTTPBearer()) _token: unknown, item: Item): string {
        return item.name;
      }
      @Post('/upload')
      upload(@Security(new HTTPBearer()) _token: unknown, file: UploadFile): int {
        return file.size;
      }
    }
    await using server: Server = await new Vivace({ controllers: [Items] }).listen({
      port: 0,
      handleSignals: false,
    });
    const json = { 'content-type': 'application/json' };
    const small = [
      request('POST', '/', json, '{"malformed'),
      request('POST', '/', { ...json, 'content-length': 20 }),
      request('POST', '/', { 'content-type': 'nonsense' }, '{}'),
      request('POST', '/', { ...json, 'content-encoding': 'nonsense' }, '{}'),
    ];
    const large = [
      request('POST', '/', { ...json, 'content-length': 1_000_000_000 }),
      request('POST', '/', { ...json, 'content-length': 20, expect: '100-continue' }),
      request('POST', '/upload', {
        'content-type': 'multipart/form-data',
        'content-length': 1_000_000_000,
      }),
    ];
    for (const sent of [...small, ...large]) {
      await using wire = new Wire(server);
      const text = await wire.send(sent).until(/\}$/);
      expect(text).toContain('HTTP/1.1 401 ');
      expect(/connection: close/i.test(text)).toBe(large.includes(sent));
    }
  });

  test('gotcha 79: a body that middleware reads is there for the handler, too', async () => {
    const seen: unknown[] = [];
    @Controller()
    class Items {
      @Post('/')
      post(item: Item): string {
        return item.name;
      }
      @Post('/form')
      form(@Form() name: string, file: UploadFile): unknown[] {
        return [name, file.size];
      }
    }
    const reading = new Vivace({
      controllers: [Items],
      middleware: [
        async (received, next) => {
          seen.push((await received.body()).length > 0);
          return next();
        },
      ],
    });
    await using client = await testClient(reading);
    expect((await client.post('/', { json: { name: 'a' } })).json()).toBe('a');
    const form = await client.post('/form', {
      form: { name: 'a' },
      files: { file: { filename: 'x', content: '123' } },
    });
    expect(form.json()).toEqual(['a', 3]);
    expect(seen).toEqual([true, true]);
  });

  test('gotcha 97: fields that a model does not have are never copied, or refused', async () => {
    @Controller()
    class Users {
      @Post('/ignored')
      ignored(item: Item): string[] {
        return Object.keys(item);
      }
      @Post('/refused')
      refused(user: NewUser): string[] {
        return Object.keys(user);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Users] }));
    const json = { name: 'a', role: 'admin' };
    expect((await client.post('/ignored', { json })).json()).toEqual(['name']);
    const refused = await client.post('/refused', { json });
    expect(refused.json()).toMatchObject({
      detail: [{ type: 'extra_forbidden', loc: ['body', 'role'] }],
    });
  });

  test('gotcha 105: a large file is not in memory, and files have limits alone and together', async () => {
    @Controller()
    class Files {
      @Post('/')
      async post(files: UploadFile[]): Promise<int[]> {
        return files.map(({ size }) => size);
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Files], uploads: { fileSize: 3_000_000, totalSize: 4_000_000 } }),
    );
    const send = async (...sizes: number[]) => {
      const files = sizes.map((size) => ({ filename: 'x', content: Buffer.alloc(size) }));
      const response = await client.post('/', { files: { files } });
      return response.status === 200 ? response.json() : response.status;
    };
    await expect(send(3_000_000, 1_000_000)).resolves.toEqual([3_000_000, 1_000_000]);
    await expect(send(3_000_001)).resolves.toBe(413);
    await expect(send(3_000_000, 1_000_001)).resolves.toBe(413);
  });

  test('gotcha 106: a file name is no path, and a type is what the first bytes say', async () => {
    @Controller()
    class Files {
      @Post('/')
      post(@File({ media: 'image/png' }) file: UploadFile): string {
        return file.filename;
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Files] }));
    const send = (content: string | Uint8Array) =>
      client.post('/', {
        files: { file: { filename: '../../x.png', contentType: 'image/png', content } },
      });
    expect((await send(PNG)).json()).toBe('x.png');
    expect((await send('<script>')).status).toBe(422);
  });

  test('gotcha 107: nothing of a file is left after its request, also when that fails', async () => {
    const kept: UploadFile[] = [];
    @Controller()
    class Files {
      @Post('/')
      post(file: UploadFile): never {
        kept.push(file);
        throw new HTTPException(409);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Files] }));
    await client.post('/', {
      files: { file: { filename: 'x', content: Buffer.alloc(2_000_000) } },
    });
    await expect(kept[0]!.bytes()).rejects.toThrow('removed with its request');
  });
});
