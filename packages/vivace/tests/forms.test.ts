import { readdir, readFile } from 'node:fs/promises';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FieldValidator,
  File,
  Form,
  Controller,
  Get,
  HTTPException,
  Model,
  Post,
  Request,
  UploadFile,
  Vivace,
  BackgroundTasks,
  bytes,
  int,
} from 'vivace';
import { StreamingResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]);
const MEBIBYTE = 1024 * 1024;

@Model({ extra: 'forbid' })
class Profile {
  name!: string;
  age?: int;
  tags: string[] = [];
}
class Place {
  street!: string;
  number!: int;
}
class Photo {
  @FieldValidator('place', { mode: 'before' })
  static parsed(text: string): unknown {
    return JSON.parse(text);
  }

  place!: Place;
  photo!: UploadFile;
}
class Application {
  name!: string;
  photo!: UploadFile;
  letters: UploadFile[] = [];
  signature!: bytes;
}

const kept: UploadFile[] = [];
const after: string[] = [];

@Controller()
class Forms {
  @Post('/profile')
  profile(@Form() profile: Profile): Profile {
    return profile;
  }
  @Post('/fields')
  fields(
    @Form() name: string,
    @Form({ ge: 18 }) age: int = 20,
    @Form() tags: string[] = [],
  ): Record<string, unknown> {
    return { name, age, tags };
  }
  @Post('/upload')
  async upload(photo: UploadFile, @Form() note = ''): Promise<Record<string, unknown>> {
    kept.push(photo);
    const { filename, contentType, size, headers } = photo;
    const text = await photo.text();
    return {
      filename,
      contentType,
      size,
      length: (await photo.bytes()).length,
      extra: headers.get('x-extra'),
      text: text.slice(0, 20),
      note,
    };
  }
  @Post('/failing')
  failing(photo: UploadFile): never {
    kept.push(photo);
    throw new HTTPException(409, 'No');
  }
  @Post('/echo')
  echo(photo: UploadFile): StreamingResponse {
    kept.push(photo);
    return new StreamingResponse(photo.stream());
  }
  @Post('/later')
  later(photo: UploadFile, tasks: BackgroundTasks): null {
    kept.push(photo);
    tasks.add(async () => after.push(`${photo.filename} ${(await photo.bytes()).length}`));
    return null;
  }
  @Post('/maybe')
  maybe(photo?: UploadFile, @File() raw: bytes | null = null): unknown[] {
    return [photo?.filename ?? null, raw?.length ?? null];
  }
  @Post('/many')
  async many(photos: UploadFile[], @File() raws: bytes[] = []): Promise<unknown[]> {
    return [photos.map(({ filename }) => filename), raws.map((raw) => Buffer.from(raw).toString())];
  }
  @Post('/picture')
  picture(
    @File({ maxSize: 2 * MEBIBYTE, media: ['image/png', 'image/jpeg'] }) picture: UploadFile,
  ): number {
    return picture.size;
  }
  @Post('/pictures')
  pictures(@File({ media: 'image/*' }) pictures: UploadFile[]): number {
    return pictures.length;
  }
  @Post('/pixels')
  pixels(@File({ media: 'image/png' }) pixels: bytes): number {
    return pixels.length;
  }
  @Post('/table')
  table(@File({ media: ['text/csv'] }) table: UploadFile | null = null): number {
    return table?.size ?? -1;
  }
  @Post('/application')
  async application(@Form() application: Application): Promise<unknown[]> {
    const { name, photo, letters, signature } = application;
    return [
      name,
      photo.filename,
      letters.map(({ size }) => size),
      Buffer.from(signature).toString(),
    ];
  }
  @Post('/photo')
  photo(@Form() { place, photo }: Photo): unknown[] {
    return [place, photo.filename];
  }
  @Post('/raw')
  async raw(request: Request): Promise<unknown[]> {
    const form = await request.form();
    return [...form].map(([name, values]) => [
      name,
      values.map((value) => (typeof value === 'string' ? value : value.filename)),
    ]);
  }
  @Get('/files')
  open(): number {
    return kept.length;
  }
}

async function clientOf(
  uploads: NonNullable<ConstructorParameters<typeof Vivace>[0]>['uploads'] = {},
) {
  return testClient(new Vivace({ controllers: [Forms], uploads }));
}
const large = Buffer.alloc(3 * MEBIBYTE, 'x');

beforeEach(() => {
  kept.length = after.length = 0;
});

describe('a form', () => {
  it('has fields, converted and checked, from both encodings', async () => {
    await using client = await clientOf();
    const fields = { name: 'Ann', age: 30, tags: ['a', 'b'] };
    const plain = await client.post('/fields', { form: fields });
    expect(plain.json()).toEqual(fields);
    const multipart = await client.post('/fields', { form: fields, files: {} });
    expect(multipart.json()).toEqual(fields);
    const bad = await client.post('/fields', { form: { age: 3 } });
    expect(bad.status).toBe(422);
    expect(bad.json()).toMatchObject({
      detail: [
        { type: 'missing', loc: ['body', 'name'] },
        { type: 'greater_than_equal', loc: ['body', 'age'] },
      ],
    });
  });

  it('is a model, which may forbid other fields', async () => {
    await using client = await clientOf();
    const good = await client.post('/profile', { form: { name: 'Ann', tags: ['a', 'b'] } });
    expect(good.json()).toEqual({ name: 'Ann', tags: ['a', 'b'] });
    const extra = await client.post('/profile', { form: { name: 'Ann', role: 'admin' } });
    expect(extra.json()).toMatchObject({
      detail: [{ type: 'extra_forbidden', loc: ['body', 'role'], input: 'admin' }],
    });
  });

  it('is a model with files', async () => {
    await using client = await clientOf();
    const signature = { filename: 's.txt', content: 'Ann' };
    const letters = [{ filename: 'l.txt', content: 'x' }];
    const photo = { filename: 'p.png', content: PNG };
    const good = await client.post('/application', {
      form: { name: 'Ann' },
      files: { photo, letters, signature },
    });
    expect(good.json()).toEqual(['Ann', 'p.png', [1], 'Ann']);
    const bad = await client.post('/application', {
      form: { photo: 'no file' },
      files: { signature },
    });
    expect(bad.json()).toMatchObject({
      detail: [
        { type: 'missing', loc: ['body', 'name'] },
        { type: 'value_error', loc: ['body', 'photo'] },
      ],
    });
    expect(JSON.stringify(client.server.openapi().paths['/application'])).toContain(
      'multipart/form-data',
    );
  });

  it('says where a file stands in the place of a text, and a text in that of a file', async () => {
    await using client = await clientOf();
    const file = await client.post('/fields', {
      files: { name: { filename: 'n.txt', content: 'secret' } },
    });
    expect(file.json()).toMatchObject({
      detail: [
        { type: 'string_type', loc: ['body', 'name'], input: { filename: 'n.txt', size: 6 } },
      ],
    });
    expect(file.text).not.toContain('secret');
    const text = await client.post('/upload', { form: { photo: 'text' }, files: {} });
    expect(text.json()).toMatchObject({
      detail: [{ type: 'value_error', loc: ['body', 'photo'], input: 'text' }],
    });
  });

  it('may hold JSON in a field, beside files, where a validator parses it', async () => {
    await using client = await clientOf();
    const files = { photo: { filename: 'a.png', content: PNG } };
    const good = await client.post('/photo', {
      form: { place: '{"street":"Elm","number":3}' },
      files,
    });
    expect(good.json()).toEqual([{ street: 'Elm', number: 3 }, 'a.png']);
    const misfit = await client.post('/photo', {
      form: { place: '{"street":"Elm","number":"x"}' },
      files,
    });
    expect(misfit.json()).toMatchObject({
      detail: [{ type: 'int_parsing', loc: ['body', 'place', 'number'] }],
    });
    const broken = await client.post('/photo', { form: { place: '{"street":' }, files });
    expect(broken.json()).toMatchObject({
      detail: [{ type: 'value_error', loc: ['body', 'place'] }],
    });
  });

  it('is given by request.form() as it was sent', async () => {
    await using client = await clientOf();
    const response = await client.post('/raw', {
      form: { a: ['1', '2'] },
      files: { f: { filename: 'x.txt', content: '' } },
    });
    expect(response.json()).toEqual([
      ['a', ['1', '2']],
      ['f', ['x.txt']],
    ]);
  });
});

describe('an uploaded file', () => {
  it('says what it is, and is read as bytes and text', async () => {
    await using client = await clientOf();
    const note = '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n';
    const type = 'Content-Type: text/plain; charset=utf-8\r\nX-Extra: yes\r\n\r\n';
    const photo = `--x\r\nContent-Disposition: form-data; name="photo"; filename="../a b.txt"\r\n${type}äb\r\n`;
    const response = await client.post('/upload', {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: `${note}${photo}--x--\r\n`,
    });
    const said = {
      filename: 'a b.txt',
      contentType: 'text/plain; charset=utf-8',
      size: 3,
      extra: 'yes',
    };
    expect(response.json()).toEqual({ ...said, length: 3, text: 'äb', note: 'hello' });
  });

  it.each(['/upload', '/failing', '/echo', '/later'])(
    'is on no disk under a name while it is large, and gone after the request: %s',
    async (path) => {
      await using directory = await mkdtempDisposable(join(tmpdir(), 'uploads-'));
      await using client = await clientOf({ directory: directory.path });
      const response = await client.post(path, {
        files: { photo: { filename: 'large.bin', content: large } },
      });
      if (path === '/echo') expect(response.body.length).toBe(large.length);
      if (path === '/later') expect(after).toEqual([`large.bin ${large.length}`]);
      if (path === '/upload')
        expect(response.json()).toMatchObject({ size: large.length, length: large.length });
      await expect(readdir(directory.path)).resolves.toEqual([]);
      expect(kept).toHaveLength(1);
      await expect(kept[0]!.bytes()).rejects.toThrow('removed with its request');
    },
  );

  it('is saved to a new file only, and leaves none behind if that fails', async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'saved-'));
    const path = join(directory.path, 'photo.bin');
    @Controller()
    class Saving {
      @Post('/')
      async save(photo: UploadFile): Promise<string[]> {
        await photo.save(path);
        await expect(photo.save(path)).rejects.toThrow('EEXIST');
        await expect(photo.save(join(directory.path, 'no', 'where'))).rejects.toThrow('ENOENT');
        return readdir(directory.path);
      }
    }
    await using client = await testClient(new Vivace({ controllers: [Saving] }));
    const response = await client.post('/', {
      files: { photo: { filename: 'x', content: large } },
    });
    expect(response.json()).toEqual(['photo.bin']);
    const saved = await readFile(path);
    expect(saved.equals(large)).toBe(true);
  });

  it.each([
    ['a page', 'evil.html', 'text/html', '<script>alert(1)</script>', ''],
    ['a page that says it is a picture', 'evil.html', 'image/png', '<script>', ''],
    ['a page behind a picture', 'evil.html', 'image/png', '\x89PNG\r\n\x1a\n<script>', '.png'],
    ['a picture that says it is a page', 'x.html', 'text/html', '\x89PNG\r\n\x1a\n', '.png'],
    ['a photo', 'x', 'image/jpeg', '\xff\xd8\xff\xe0', '.jp'],
    ['a document in a zip', 'x.exe', 'application/epub+zip', 'PK\x03\x04', '.epub'],
    ['a zip that says it is a page', 'x.html', 'text/html', 'PK\x03\x04', '.zip'],
    ['a drawing, which may hold scripts', 'x.svg', 'image/svg+xml', '<svg onload="x()"/>', ''],
    ['nothing', 'x.html', 'text/html', '', ''],
  ])(
    'in a folder gets a name of its own, with the extension of what was found: %s',
    async (_, filename, contentType, text, extension) => {
      await using directory = await mkdtempDisposable(join(tmpdir(), 'saved-'));
      @Controller()
      class Saving {
        @Post('/')
        async save(photo: UploadFile): Promise<string[]> {
          return [photo.extension, await photo.save(`${directory.path}/`)];
        }
      }
      await using client = await testClient(new Vivace({ controllers: [Saving] }));
      const content = Buffer.from(text, 'latin1');
      const response = await client.post('/', {
        files: { photo: { filename, contentType, content } },
      });
      const [found = '', path = ''] = response.json<string[]>();
      expect(found.slice(0, extension.length || undefined)).toBe(extension);
      expect(path).toMatch(/\/[\da-f-]{36}(\.\w+)?$/);
      expect(path.endsWith(found)).toBe(true);
      expect((await readFile(path)).equals(content)).toBe(true);
    },
  );

  it('may be absent, and is when a browser says that none was chosen', async () => {
    await using client = await clientOf();
    const none = await client.post('/maybe');
    expect(none.json()).toEqual([null, null]);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const unchosen =
      'Content-Disposition: form-data; name="photo"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n';
    const body = `--x\r\n${unchosen}--x--\r\n`;
    const maybe = await client.post('/maybe', { headers, body });
    expect(maybe.json()).toEqual([null, null]);
    const required = await client.post('/upload', { headers, body });
    expect(required.json()).toMatchObject({
      detail: [{ type: 'missing', loc: ['body', 'photo'] }],
    });
  });

  it('is one of several, also as bytes', async () => {
    await using client = await clientOf();
    const [a, b] = [
      { filename: 'a', content: '1' },
      { filename: 'b', content: '2' },
    ];
    const response = await client.post('/many', { files: { photos: [a, b], raws: [b, a] } });
    expect(response.json()).toEqual([
      ['a', 'b'],
      ['2', '1'],
    ]);
  });

  it('has a size limit of its own, above or below that of the application', async () => {
    await using client = await clientOf({ fileSize: MEBIBYTE, totalSize: MEBIBYTE });
    const ofSize = (size: number) => ({
      filename: 'x.png',
      contentType: 'image/png',
      content: Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]),
    });
    const upload = async (path: string, name: string, size: number) => {
      const response = await client.post(path, { files: { [name]: ofSize(size) } });
      return [response.status, response.json()];
    };
    await expect(upload('/picture', 'picture', 2 * MEBIBYTE)).resolves.toEqual([200, 2 * MEBIBYTE]);
    await expect(upload('/picture', 'picture', 2 * MEBIBYTE + 1)).resolves.toEqual([
      413,
      { detail: "The file 'picture' is larger than 2097152 bytes." },
    ]);
    await expect(upload('/upload', 'photo', MEBIBYTE + 1)).resolves.toEqual([
      413,
      { detail: "The file 'photo' is larger than 1048576 bytes." },
    ]);
  });
});

describe('the media types of a file', () => {
  const send = async (
    path: string,
    name: string,
    contentType: string,
    content: string | Uint8Array,
  ) => {
    await using client = await clientOf();
    const response = await client.post(path, {
      files: { [name]: { filename: 'x', contentType, content } },
    });
    return response.status === 200 ? 200 : (response.json() as { detail: unknown[] }).detail;
  };
  const refused = (loc: unknown[], expected: string) => [
    {
      type: 'file_type',
      loc,
      msg: `File should be of type ${expected}`,
      input: expect.anything() as unknown,
      ctx: { expected },
    },
  ];
  const either = "'image/png' or 'image/jpeg'";

  it('are those the client names, and those its first bytes have', async () => {
    await expect(send('/picture', 'picture', 'image/png', PNG)).resolves.toBe(200);
    await expect(send('/picture', 'picture', 'text/html', PNG)).resolves.toEqual(
      refused(['body', 'picture'], either),
    );
    await expect(send('/picture', 'picture', 'image/png', '<script>')).resolves.toEqual(
      refused(['body', 'picture'], either),
    );
    await expect(send('/picture', 'picture', 'image/jpeg', PNG)).resolves.toEqual(
      refused(['body', 'picture'], either),
    );
  });

  it('are a family, of which only files that are known by their beginning fit', async () => {
    await expect(send('/pictures', 'pictures', 'image/png', PNG)).resolves.toBe(200);
    await expect(send('/pictures', 'pictures', 'image/svg+xml', '<svg/>')).resolves.toEqual(
      refused(['body', 'pictures', 0], "'image/*'"),
    );
  });

  it('hold for the content alone where only that is wanted', async () => {
    await expect(send('/pixels', 'pixels', 'text/plain', PNG)).resolves.toBe(200);
    await expect(send('/pixels', 'pixels', 'image/png', 'text')).resolves.toEqual(
      refused(['body', 'pixels'], "'image/png'"),
    );
  });

  it('of text hold for what may be text', async () => {
    await expect(send('/table', 'table', 'text/csv; charset=utf-8', 'a,b')).resolves.toBe(200);
    await expect(send('/table', 'table', 'text/csv', PNG)).resolves.toEqual(
      refused(['body', 'table'], "'text/csv'"),
    );
  });

  it('stand in the document', async () => {
    await using client = await clientOf();
    const operation = client.server.openapi().paths['/picture']?.['post'];
    expect(operation).toMatchObject({
      requestBody: {
        content: {
          'multipart/form-data': {
            encoding: { picture: { contentType: 'image/png, image/jpeg' } },
          },
        },
      },
    });
  });
});
