import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HEAD, UploadFile } from '../../declare/context-classes';
import { typesOf } from '../../schema/rules/files';
import { headersOf, headerValue, type PartHeaders } from './part-headers';
import type { Spool } from './spool';

/** A file of a form. */
export class Upload extends UploadFile {
  override readonly filename: string;
  readonly #headers: PartHeaders;
  readonly #content: Spool;

  constructor(filename: string, headers: PartHeaders, content: Spool) {
    super();
    this.filename = safeName(filename);
    this.#headers = headers;
    this.#content = content;
  }

  override get contentType(): string {
    return headerValue(this.#headers['content-type']?.at(-1) ?? 'application/octet-stream');
  }
  override get size(): number {
    return this.#content.size;
  }
  override get headers(): Headers {
    return headersOf(this.#headers);
  }
  override get [HEAD](): Uint8Array {
    return this.#content.head;
  }

  override bytes(): Promise<Uint8Array> {
    return this.#content.bytes();
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  override stream(): Readable {
    return this.#content.stream();
  }

  override get extension(): string {
    const found = typesOf(this[HEAD]);
    const declared = this.contentType.split(';', 1)[0]!.trim().toLowerCase();
    // Of types that begin alike, the client may say which one it is.
    const type = found.includes(declared) ? declared : found[0];
    const { extension } = require('mime-types') as typeof import('mime-types');
    const name = type === undefined ? false : extension(type);
    return name === false ? '' : `.${name}`;
  }

  override async save(to: string): Promise<string> {
    const path = /[/\\]$/.test(to) ? `${to}${randomUUID()}${this.extension}` : to;
    const content = this.stream();
    const file = createWriteStream(path, { flags: 'wx' });
    let created = false;
    file.once('open', () => (created = true));
    try {
      await pipeline(content, file);
    } catch (error) {
      if (created) await unlink(path);
      throw error;
    }
    return path;
  }

  /** What an issue shows of it. */
  toJSON(): object {
    const { filename, size } = this;
    return { filename, size, content_type: this.contentType };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#content.close();
  }
}

/** Control characters, and those that turn the direction of text, so that `evil.exe` cannot look like `evilexe.txt`. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name that stays in the folder it is joined to; empty where nothing is left of it. */
export function safeName(sent: string): string {
  const name = sent.replace(HIDDEN, '').replace(/^.*[/\\]/s, '');
  return name === '.' || name === '..' ? '' : name;
}
