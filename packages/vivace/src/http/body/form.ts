import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { Values } from '../../compile/runtime';
import type { UploadFile } from '../../declare/context-classes';
import { HTTPException } from '../../errors/http-exception';
import { tooLarge, unparsable } from './errors';
import { readParts } from './multipart';
import { dispositionOf, type PartHeaders } from './part-headers';
import { Spool } from './spool';
import { Upload } from './upload';

/** What a form may hold; sizes in bytes. */
export interface FormLimits {
  readonly fileSize: number;
  /** Of the files of some names. */
  readonly fileSizes: ReadonlyMap<string, number>;
  /** Of all files together. */
  readonly totalSize: number;
  readonly files: number;
  readonly fields: number;
  readonly fieldSize: number;
  /** Where large files are kept; that of the system by default. */
  readonly directory?: string | undefined;
}

export type FormValues = Values<string | UploadFile>;

export function isMultipart(type: string): boolean {
  return /^multipart\/form-data[ \t]*(?:;|$)/i.test(type);
}

export function isUrlencoded(type: string): boolean {
  return /^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(type);
}

/** Of a body that is no form. */
export const noForm: FormValues = { get: () => undefined, all: () => [], names: () => [] };

/** The fields of `a=1&b=2`. */
export function urlencodedForm(text: string, limits: FormLimits): FormValues {
  const form = new Form(limits);
  // Counted before anything is made of them.
  if (text.split('&', limits.fields + 1).length > limits.fields) throw form.tooManyFields();
  for (const [name, value] of new URLSearchParams(text)) form.add(name, value);
  return form;
}

/** The fields and files of a multipart body; nothing is left of them if it does not fit. */
export async function multipartForm(
  source: Readable,
  type: string,
  limits: FormLimits,
): Promise<FormValues & AsyncDisposable> {
  const form = new Form(limits);
  try {
    await readParts(source, type, (headers, content) => form.receive(headers, content));
    return form;
  } catch (error) {
    await form[Symbol.asyncDispose]();
    throw error;
  }
}

interface Entry {
  readonly name: string;
  /** Undefined for a file that was not chosen, and while it arrives. */
  value: string | UploadFile | undefined;
}

class Form implements FormValues {
  readonly #entries: Entry[] = [];
  readonly #spools: Spool[] = [];
  #fields = 0;
  #fileBytes = 0;

  readonly #limits: FormLimits;

  constructor(limits: FormLimits) {
    this.#limits = limits;
  }

  get(name: string): string | UploadFile | undefined {
    return this.all(name).at(-1);
  }

  all(name: string): readonly (string | UploadFile)[] {
    return this.#entries.flatMap((entry) =>
      entry.name === name && entry.value !== undefined ? [entry.value] : [],
    );
  }

  names(): Iterable<string> {
    return new Set(
      this.#entries.filter(({ value }) => value !== undefined).map(({ name }) => name),
    );
  }

  add(name: string, value: string): void {
    if (Buffer.byteLength(value) > this.#limits.fieldSize) throw this.#fieldTooLarge(name);
    this.#entries.push({ name, value });
  }

  /** Takes a part of a multipart body. */
  async receive(headers: PartHeaders, content: Readable): Promise<void> {
    const { name, filename } = dispositionOf(headers);
    if (name === undefined)
      throw new HTTPException(400, 'The Content-Disposition header field "name" must be provided.');
    const entry: Entry = { name, value: undefined };
    // Their order is that of the parts, not that in which they are complete.
    this.#entries.push(entry);
    entry.value =
      filename === undefined
        ? await this.#field(name, content)
        : await this.#file(name, filename, headers, content);
  }

  tooManyFields(): HTTPException {
    return new HTTPException(
      400,
      `Too many fields. Maximum number of fields is ${this.#limits.fields}.`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#spools.map((spool) => spool.close()));
  }

  async #field(name: string, content: Readable): Promise<string> {
    this.#fields += 1;
    if (this.#fields > this.#limits.fields) throw this.tooManyFields();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.#limits.fieldSize) throw this.#fieldTooLarge(name);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    if (!isUtf8(bytes)) throw unparsable();
    return bytes.toString();
  }

  async #file(
    name: string,
    filename: string,
    headers: PartHeaders,
    content: Readable,
  ): Promise<UploadFile | undefined> {
    const { files, fileSize, fileSizes, totalSize, directory } = this.#limits;
    const spool = new Spool(directory);
    if (this.#spools.push(spool) > files)
      throw new HTTPException(400, `Too many files. Maximum number of files is ${files}.`);
    const limit = fileSizes.get(name) ?? fileSize;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      this.#fileBytes += chunk.length;
      if (spool.size + chunk.length > limit)
        throw tooLarge(`The file '${name}' is larger than ${limit} bytes.`);
      if (this.#fileBytes > totalSize)
        throw tooLarge(`The files are together larger than ${totalSize} bytes.`);
      await spool.write(chunk);
    }
    // What browsers send for a file that was not chosen.
    return filename === '' && spool.size === 0 ? undefined : new Upload(filename, headers, spool);
  }

  #fieldTooLarge(name: string): HTTPException {
    return tooLarge(`The field '${name}' is larger than ${this.#limits.fieldSize} bytes.`);
  }
}
