import { createHash, type Hash } from 'node:crypto';
import { UploadFile } from '../../declare/context-classes';
import type { Operation } from '../../model/model';
import type { BodyReader } from './body';

/**
 * A sign of what a body says.
 *
 * @param type its media type, as it was sent
 * @param declared what the operation reads; undefined: nothing
 */
export function digestOf(
  reader: BodyReader,
  type: string | undefined,
  declared: Operation['body'],
): Promise<string> {
  return declared === undefined || declared.kind === 'json'
    ? digestOfBytes(reader, type)
    : digestOfForm(reader);
}

/** A sign of the bytes of a body and of the type that they are read by. */
async function digestOfBytes(reader: BodyReader, type: string | undefined): Promise<string> {
  const hash = createHash('sha256').update(`${type ?? ''}\n`);
  return hash.update(await reader.bytes()).digest('base64url');
}

/** A sign of what stands in a form, whatever separates its parts. */
async function digestOfForm(reader: BodyReader): Promise<string> {
  const form = await reader.form();
  const hash = createHash('sha256');
  for (const name of form.names()) for (const value of form.all(name)) await add(hash, name, value);
  return hash.digest('base64url');
}

async function add(hash: Hash, name: string, value: string | UploadFile): Promise<void> {
  if (!(value instanceof UploadFile)) return void hash.update(JSON.stringify([name, value]));
  const { filename, contentType, size } = value;
  hash.update(JSON.stringify([name, filename, contentType, size]));
  for await (const chunk of value.stream() as AsyncIterable<Buffer>) hash.update(chunk);
}
