import {
  Controller,
  dependency,
  Depends,
  Form,
  int,
  Model,
  Post,
  UploadFile,
  Vivace,
} from 'vivace';
import { testClient } from 'vivace/testing';

class Plain {
  name!: string;
  count: int = 20;
  note: string | null = null;
  tags: string[] = [];
}
class WithFile extends Plain {
  file?: UploadFile;
}
class WithFiles extends Plain {
  files: UploadFile[] = [];
}
class Tagged extends Plain {
  kind!: 'plain';
}
@Model({ extra: 'forbid' })
class Other {
  kind!: 'other';
  size!: int;
}
class Loose {
  a: int | null = null;
}
class Free {
  [name: string]: unknown;
  b: int = 1;
}
const fromForm = dependency({ form: Form(Plain, { nullable: true, default: null }) }, (given) => ({
  form: given.form,
}));

const shown = ({ name, count, note, tags }: Plain) => ({ name, count, note, tags });

@Controller()
class Forms {
  @Post('/plain')
  plain(@Form() form: Plain) {
    return shown(form);
  }
  @Post('/with-file')
  withFile(@Form() form: WithFile) {
    return shown(form);
  }
  @Post('/with-files')
  withFiles(@Form() form: WithFiles) {
    return { ...shown(form), files: form.files.length };
  }
  @Post('/one-of')
  oneOf(@Form() form: Tagged | Other) {
    return form.kind === 'other' ? form.size : shown(form);
  }
  @Post('/one-of-files')
  oneOfFiles(@Form() form: WithFiles | Other) {
    return 'size' in form ? form.size : { ...shown(form), files: form.files.length };
  }
  @Post('/maybe')
  maybe(@Form() form?: Plain) {
    return form === undefined ? 'none' : shown(form);
  }
  @Post('/or-null')
  orNull(@Form() form: Plain | null = null) {
    return form === null ? 'none' : shown(form);
  }
  @Post('/one-of-or-null')
  oneOfOrNull(@Form() form: Tagged | Other | null = null) {
    return form === null ? 'none' : form.kind === 'other' ? form.size : shown(form);
  }
  @Post('/needed')
  needed(@Depends(fromForm) { form }: { form: Plain | null }) {
    return form === null ? 'none' : shown(form);
  }
  @Post('/loose')
  loose(@Form() form: Loose | null = null) {
    return form === null ? 'none' : { a: form.a };
  }
  @Post('/free')
  free(@Form() form: Free | null = null) {
    return form === null ? 'none' : { ...form };
  }
}
const app = new Vivace({ controllers: [Forms] });
const open = () => testClient(app);
type Fields = Readonly<Record<string, string | readonly string[]>>;

const READING = [
  'plain',
  'with-file',
  'with-files',
  'one-of',
  'one-of-files',
  'maybe',
  'or-null',
  'one-of-or-null',
  'needed',
] as const;
const NONE = { name: 'x', count: 20, note: null, tags: [] };

describe('the fields of a form', () => {
  it.each(READING)('are read by one rule wherever they are declared: %s', async (path) => {
    await using client = await open();
    const send = async (fields: Fields) => {
      const form = { kind: 'plain', ...fields } as Record<string, string>;
      const answer = await client.post(`/${path}`, { form });
      const body = answer.json<{ detail?: { type: string; loc: string[] }[]; files?: number }>();
      delete body.files;
      return body.detail?.map(({ type, loc }) => [type, loc.at(-1)]) ?? body;
    };
    expect(await send({ name: 'x' })).toEqual(NONE);
    // Browsers send a field that nobody filled in as an empty text.
    expect(await send({ name: 'x', count: '', note: '' })).toEqual(NONE);
    expect(await send({ name: '' })).toContainEqual(['missing', 'name']);
    expect(await send({ name: 'x', count: 'y' })).toContainEqual(['int_parsing', 'count']);
    expect(await send({ name: ['y', 'x'], count: ['1', '2'] })).toEqual({ ...NONE, count: 2 });
    expect(await send({ name: 'x', tags: 'a' })).toEqual({ ...NONE, tags: ['a'] });
    expect(await send({ name: 'x', tags: ['a', ''] })).toEqual({ ...NONE, tags: ['a', ''] });
  });

  it.each(['with-files', 'one-of-files'])('hold one file as a list, too: %s', async (path) => {
    await using client = await open();
    const files = (count: number) =>
      Array.from({ length: count }, () => ({ filename: 'a', content: 'a' }));
    for (const count of [1, 2]) {
      const answer = await client.post(`/${path}`, {
        form: { name: 'x' },
        files: { files: files(count) },
      });
      expect(answer.json()).toEqual({ ...NONE, files: count });
    }
  });

  it('tell one of several DTOs, which refuses what it does not know', async () => {
    await using client = await open();
    for (const path of ['/one-of', '/one-of-or-null']) {
      const send = async (form: Record<string, string>) =>
        (await client.post(path, { form })).json();
      expect(await send({ kind: 'other', size: '3' })).toBe(3);
      expect(await send({ kind: 'other', size: '' })).toMatchObject({
        detail: [{ type: 'missing', loc: ['body', 'other', 'size'] }],
      });
      expect(await send({ kind: 'other', size: '3', name: '' })).toMatchObject({
        detail: [{ type: 'extra_forbidden', loc: ['body', 'other', 'name'] }],
      });
    }
  });
});

describe('a form that need not be sent', () => {
  it.each(['maybe', 'or-null', 'one-of-or-null', 'needed'])(
    'is none without any of its fields, and is checked with one: %s',
    async (path) => {
      await using client = await open();
      expect((await client.post(`/${path}`)).json()).toBe('none');
      const unknown = await client.post(`/${path}`, { form: { stranger: '1' } });
      // A DTO that forbids other fields has a word on them.
      if (path === 'one-of-or-null') expect(unknown.status).toBe(422);
      else expect(unknown.json()).toBe('none');
      expect((await client.post(`/${path}`, { form: { tags: 'a' } })).status).toBe(422);
    },
  );

  it('is there where a field of it is, though empty', async () => {
    await using client = await open();
    const send = async (path: string, form: Record<string, string>) =>
      (await client.post(path, { form })).json();
    expect(await send('/loose', { a: '' })).toEqual({ a: null });
    expect(await send('/loose', { a: '1' })).toEqual({ a: 1 });
    expect(await send('/loose', { c: '1' })).toBe('none');
    expect(await send('/free', { c: '1' })).toEqual({ b: 1, c: '1' });
  });

  it('is documented as what it is, and not required', async () => {
    const { paths } = await app.openapi();
    const bodyOf = (path: string) => (paths[path]!['post'] as { requestBody: unknown }).requestBody;
    const content = (schema: unknown) => ({
      content: { 'application/x-www-form-urlencoded': { schema } },
    });
    for (const path of ['/maybe', '/or-null', '/needed'])
      expect(bodyOf(path)).toEqual(content({ $ref: '#/components/schemas/Plain' }));
    expect(bodyOf('/one-of-or-null')).toMatchObject(
      content({
        oneOf: [{ $ref: '#/components/schemas/Tagged' }, { $ref: '#/components/schemas/Other' }],
      }),
    );
    expect(bodyOf('/plain')).toMatchObject({ required: true });
  });
});

it('refuses a DTO or a text as a form: no field of it could hold the DTO', async () => {
  @Controller()
  class Mixed {
    @Post('/')
    send(@Form() form: Plain | string) {
      return form;
    }
  }
  await expect(testClient(new Vivace({ controllers: [Mixed] }))).rejects.toThrow(
    '[INPUT_TYPE] Mixed.send(form)',
  );
});
