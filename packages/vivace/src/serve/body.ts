import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { UploadFile } from '../declare/parts';
import type { Values } from '../compile/exchange';
import { HTTPException } from '../errors/http-exception';
import { RequestValidationError } from '../errors/request-validation-error';
import { readForm } from './form';
import { jsonProblem } from './json-error';
import type { UploadLimits } from './upload';

/** How bodies are read. */
export interface BodyOptions {
  /** In bytes. */
  readonly limit: number;
  /** Whether a body is JSON only if its content type says so. */
  readonly strictContentType: boolean;
  readonly uploads: UploadLimits;
}

/** Reads the body of one request, when it is asked for and once. */
export class BodyReader {
  private bytesRead: Promise<Buffer> | undefined;
  private formRead: Promise<Values<string | UploadFile>> | undefined;
  private source: Readable;

  constructor(
    private readonly message: IncomingMessage,
    private readonly options: BodyOptions,
  ) {
    this.source = message;
  }

  bytes(): Promise<Buffer> {
    return (this.bytesRead ??= this.collect());
  }

  async text(): Promise<string> {
    return decode(await this.bytes());
  }

  /** The parsed JSON, whatever the content type says. */
  async json(): Promise<unknown> {
    return parseJson(await this.text());
  }

  /** What inputs see: parsed JSON, else text or bytes, undefined where there is no body. */
  async value(): Promise<unknown> {
    const bytes = await this.bytes();
    if (bytes.length === 0) return undefined;
    const type = this.message.headers['content-type'];
    if (isJson(type) || (type === undefined && !this.options.strictContentType)) return parseJson(decode(bytes));
    return isUtf8(bytes) ? bytes.toString() : new Uint8Array(bytes);
  }

  form(): Promise<Values<string | UploadFile>> {
    return (this.formRead ??= readForm(this.message.headers['content-type'], this.source, () => this.text(), this.options.uploads));
  }

  stream(): Readable {
    return this.source;
  }

  replace(content: Readable): void {
    this.source = content;
    this.bytesRead = this.formRead = undefined;
  }

  get keepsFiles(): boolean {
    return this.formRead !== undefined;
  }

  /** Files are kept for the time of the request. */
  async dispose(): Promise<void> {
    const form = await this.formRead?.catch(() => undefined);
    for (const name of form?.names() ?? [])
      for (const value of form?.all(name) ?? [])
        if (typeof value === 'object') await (value as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
  }

  private collect(): Promise<Buffer> {
    const { source, message } = this;
    const { limit } = this.options;
    if (source === message && Number(message.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge());
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      source.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) {
          source.removeAllListeners('data').pause();
          reject(tooLarge());
        } else chunks.push(chunk);
      });
      let complete = false;
      source.once('end', () => {
        complete = true;
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
      });
      const breakOff = (): void => {
        if (!complete) reject(new HTTPException(400, 'The body ended too early'));
      };
      source.once('error', breakOff).once('close', breakOff);
    });
  }
}

export function tooLarge(): HTTPException {
  return new HTTPException(413, undefined, { headers: { connection: 'close' } });
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new HTTPException(400, 'There was an error parsing the body');
  return bytes.toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const { offset, message } = jsonProblem(text);
    throw new RequestValidationError(
      [{ type: 'json_invalid', loc: ['body', offset], msg: 'JSON decode error', input: {}, ctx: { error: message } }],
      text,
    );
  }
}

function isJson(type: string | undefined): boolean {
  if (type === 'application/json') return true;
  return type !== undefined && /^application\/(?:[\w.!#$&^-]+\+)?json[ \t]*(?:;|$)/i.test(type.trim());
}
