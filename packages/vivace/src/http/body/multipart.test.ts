import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import { multipartForm, type FormLimits } from './form';
import { readParts } from './multipart';
import { dispositionOf } from './part-headers';
import { safeName } from './upload';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

const limits: FormLimits = {
  fileSize: 1000,
  fileSizes: new Map(),
  totalSize: 2000,
  files: 5,
  fields: 5,
  fieldSize: 100,
};
const TYPE = 'multipart/form-data; boundary=xx';

function lines(...all: string[]): string {
  return all.join('\r\n');
}
function field(name: string, value: string): string {
  return lines('--xx', `Content-Disposition: form-data; name="${name}"`, '', value, '');
}
function file(name: string, filename: string, content: string): string {
  return lines(
    '--xx',
    `Content-Disposition: form-data; name="${name}"; filename="${filename}"`,
    'Content-Type: text/plain',
    '',
    content,
    '',
  );
}
const END = '--xx--\r\n';

/** A body that arrives in chunks. */
function arriving(body: string | Uint8Array, size = 7): Readable {
  const bytes = Buffer.from(body as string);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return Readable.from(chunks, { objectMode: false });
}

async function read(
  body: string,
  more: Partial<FormLimits> = {},
  size?: number,
): Promise<[string, unknown][]> {
  await using form = await multipartForm(arriving(body, size), TYPE, {
    ...limits,
    ...more,
  });
  const found: [string, unknown][] = [];
  for (const name of form.names())
    for (const value of form.all(name))
      found.push([name, typeof value === 'string' ? value : [value.filename, await value.text()]]);
  return found;
}

describe('a multipart body', () => {
  it('has its fields and files in their order, however it is cut into chunks', async () => {
    const body =
      field('a', '1') +
      file('f', 'x.txt', 'one\r\n--x') +
      field('b', '') +
      file('f', 'y.txt', '') +
      END;
    for (const size of [1, 2, 3, 7, 64, 10_000]) {
      await expect(read(body, {}, size)).resolves.toEqual([
        ['a', '1'],
        ['f', ['x.txt', 'one\r\n--x']],
        ['f', ['y.txt', '']],
        ['b', ''],
      ]);
    }
  });

  it('is read as the platform reads it', async () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'B', 'é', '_', '[', ']', '😀'),
      minLength: 1,
      maxLength: 6,
    });
    const content = fc.string({
      unit: fc.constantFrom('\r\n', '-', '--', '--xx', 'x', 'ä', '\0', '"'),
    });
    const entry = fc.record({ name, content, filename: fc.option(name) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        async (entries, size) => {
          const data = new FormData();
          for (const { name: key, content: value, filename } of entries) {
            if (filename === null) data.append(key, value);
            else data.append(key, new Blob([value]), filename);
          }
          const written = new Response(data);
          const type = written.headers.get('content-type')!;
          const body = new Uint8Array(await written.arrayBuffer());
          await using form = await multipartForm(arriving(body, size), type, limits);
          const expected = await new Response(body, {
            headers: { 'content-type': type },
          }).formData();
          expect([...form.names()]).toEqual([...new Set(expected.keys())]);
          for (const key of form.names()) {
            const ours = await Promise.all(
              form.all(key).map((value) => (typeof value === 'string' ? value : value.text())),
            );
            const theirs = await Promise.all(
              expected
                .getAll(key)
                .map((value) => (typeof value === 'string' ? value : value.text())),
            );
            expect(ours).toEqual(theirs);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('may have text before and after, and none at all', async () => {
    await expect(read(`about this\r\n${field('a', '1')}${END}and more`)).resolves.toEqual([
      ['a', '1'],
    ]);
    await expect(read('')).resolves.toEqual([]);
    await expect(read(END)).resolves.toEqual([]);
  });

  it('is refused where it is none', async () => {
    const bad = [
      'nothing of the kind',
      field('a', '1'),
      field('a', '1').slice(0, -4),
      field('a', '1') + file('f', 'x.txt', 'one'),
      lines('--xx', 'X-Only: headers'),
    ];
    for (const body of bad)
      for (const size of [1, 1000])
        await expect(read(body, {}, size)).rejects.toMatchObject({
          status: 400,
          detail: 'There was an error parsing the body',
        });
    const unnamed = lines('--xx', 'Content-Type: text/plain', '', 'x', '') + END;
    await expect(read(unnamed)).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining('"name"') as unknown,
    });
    await expect(multipartForm(arriving(END), 'multipart/form-data', limits)).rejects.toMatchObject(
      { status: 400 },
    );
    const long = `multipart/form-data; boundary=${'x'.repeat(300)}`;
    await expect(multipartForm(arriving(END), long, limits)).rejects.toMatchObject({
      status: 400,
    });
  });

  it('has no part with endless headers', async () => {
    const header = `X-Junk: ${'j'.repeat(200_000)}`;
    const body =
      lines('--xx', 'Content-Disposition: form-data; name="a"', header, '', 'x', '') + END;
    await expect(read(body, {}, 4096)).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining('8192') as unknown,
    });
  });

  it('is refused where it is too much, with 400 for numbers and 413 for sizes', async () => {
    const many = Array.from({ length: 6 });
    const fields = many.map(() => field('a', '1')).join('') + END;
    const files = many.map(() => file('f', 'x', '1')).join('') + END;
    await expect(read(fields)).rejects.toMatchObject({
      status: 400,
      detail: 'Too many fields. Maximum number of fields is 5.',
    });
    await expect(read(files)).rejects.toMatchObject({
      status: 400,
      detail: 'Too many files. Maximum number of files is 5.',
    });
    await expect(read(field('bio', 'x'.repeat(101)) + END)).rejects.toMatchObject({
      status: 413,
      detail: "The field 'bio' is larger than 100 bytes.",
    });
    await expect(read(file('f', 'x', 'x'.repeat(1001)) + END)).rejects.toMatchObject({
      status: 413,
      detail: "The file 'f' is larger than 1000 bytes.",
    });
    const three = [1, 2, 3].map(() => file('f', 'x', 'x'.repeat(900))).join('') + END;
    await expect(read(three)).rejects.toMatchObject({
      status: 413,
      detail: 'The files are together larger than 2000 bytes.',
    });
    await expect(
      read(file('f', 'x', 'x'.repeat(1500)) + END, { fileSizes: new Map([['f', 1600]]) }),
    ).resolves.toHaveLength(1);
  });

  it('fails with what the receiver of a part fails with, and leaves the source to its owner', async () => {
    const source = arriving(file('f', 'x', 'x'.repeat(500)) + field('a', '1') + END);
    const failing = readParts(source, TYPE, () => Promise.reject(new RangeError('full')));
    await expect(failing).rejects.toThrow('full');
    expect(source).toMatchObject({ destroyed: false, readableFlowing: false });
  });

  it('fails where its source does', async () => {
    const source = new Readable({ read: () => {} });
    source.push(file('f', 'x', 'x').slice(0, -4));
    const reading = multipartForm(source, TYPE, limits);
    source.destroy();
    await expect(reading).rejects.toMatchObject({
      status: 400,
      detail: 'The body ended too early',
    });
    await expect(multipartForm(source, TYPE, limits)).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('what a part says of itself', () => {
  const of = (disposition: string) => dispositionOf({ 'content-disposition': [disposition] });

  it('is its name, and its file name where it is a file', () => {
    expect(of('form-data; name="a"')).toEqual({ name: 'a', filename: undefined });
    expect(of('Form-Data; name=a; filename="b; c.txt"')).toEqual({
      name: 'a',
      filename: 'b; c.txt',
    });
    expect(of(String.raw`form-data; name="a"; filename="say \"hi\".txt"`)).toEqual({
      name: 'a',
      filename: 'say "hi".txt',
    });
    expect(of('form-data; filename=""; name="a"')).toEqual({ name: 'a', filename: '' });
    expect(of(Buffer.from('form-data; name="é"').toString('latin1')).name).toBe('é');
    expect(
      of("form-data; name=a; filename*=UTF-8''na%C3%AFve.txt; filename=naive.txt").filename,
    ).toBe('naïve.txt');
    expect(of('attachment; name="a"').name).toBeUndefined();
  });

  it('is no path, and hides nothing', () => {
    expect(safeName('../../etc/passwd')).toBe('passwd');
    expect(safeName(String.raw`C:\x\..\evil.txt`)).toBe('evil.txt');
    expect(safeName('a\0/..\0')).toBe('');
    expect(safeName('photo\0.png\r\n')).toBe('photo.png');
    expect(safeName('photo\u202egnp.exe')).toBe('photognp.exe');
    expect(safeName('.env')).toBe('.env');
    expect(safeName('日本 1.txt')).toBe('日本 1.txt');
  });
});
