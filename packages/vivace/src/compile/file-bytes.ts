import { UploadFile } from '../declare/context-classes';
import type { ObjectSchema, Schema } from '../schema/schema';
import { alternatives, some } from '../schema/visit';
import type { Values } from './runtime';

/** Whether a value of this schema is the content of a file, or of several. */
export function holdsBytes(schema: Schema): boolean {
  return some(
    schema,
    ({ kind }) => kind === 'bytes',
    (each) => (each.kind === 'list' ? [each.items] : alternatives(each)),
  );
}

/** The names of a form model whose files are wanted as bytes. */
export function namesOfBytes({ fields }: ObjectSchema): readonly string[] {
  return fields.filter(({ schema }) => holdsBytes(schema)).flatMap((field) => field.in);
}

/** What was sent, with the content in place of a file. */
export async function bytesOfFiles(sent: unknown): Promise<unknown> {
  if (Array.isArray(sent)) return Promise.all(sent.map(bytesOfFiles));
  return sent instanceof UploadFile ? sent.bytes() : sent;
}

/** The form, with the content of files in their place under some names. */
export async function formOfBytes<T>(
  form: Values<T>,
  names: readonly string[],
): Promise<Values<unknown>> {
  const read = new Map<string, readonly unknown[]>();
  for (const name of names)
    read.set(name, (await bytesOfFiles(form.all(name))) as readonly unknown[]);
  return {
    get: (name) => (read.has(name) ? read.get(name)!.at(-1) : form.get(name)),
    all: (name) => read.get(name) ?? form.all(name),
    names: () => form.names(),
  };
}
