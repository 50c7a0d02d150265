import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { HTTPException } from '../../errors/http-exception';
import { refusalByCode } from '../plugin-errors';
import { endedEarly, tooLarge, unparsable } from './errors';
import {
  isMultipart,
  isUrlencoded,
  multipartForm,
  noForm,
  urlencodedForm,
  type FormLimits,
  type FormValues,
} from './form';
import { parseJson } from './json';

/** How bodies are read. */
export interface BodyOptions {
  /** In bytes; files of a form do not count. */
  readonly limit: number;
  /** Whether a body is JSON only if its content type says so. */
  readonly strictContentType: boolean;
  readonly uploads: FormLimits;
}

/** Reads the body of one request, when it is asked for and once. */
export class BodyReader {
  #bytesRead: Promise<Buffer> | undefined;
  #formRead: Promise<FormValues & Partial<AsyncDisposable>> | undefined;
  #source: Readable;

  readonly #message: IncomingMessage;
  readonly #options: BodyOptions;
  readonly #proceed: () => void;
  readonly #arriving: Readable;

  /**
   * @param proceed tells a client that waits for it to send the body
   * @param arriving the body as it arrives, which is not the message where a plugin of Fastify replaced it
   */
  constructor(
    message: IncomingMessage,
    options: BodyOptions,
    proceed: () => void,
    arriving: Readable = message,
  ) {
    this.#message = message;
    this.#options = options;
    this.#proceed = proceed;
    this.#arriving = arriving;
    this.#source = arriving;
  }

  bytes(): Promise<Buffer> {
    return (this.#bytesRead ??= this.#collect());
  }

  async text(): Promise<string> {
    return decode(await this.bytes());
  }

  /** The parsed JSON, whatever the content type says. */
  async json(): Promise<unknown> {
    return parseJson(await this.text());
  }

  /** What inputs see: parsed JSON, else text or bytes, which have no keys; undefined where there is no body. */
  value({ keyed }: { readonly keyed: boolean }): Promise<unknown> {
    return this.bytes().then((bytes) => this.#valueIn(bytes, keyed));
  }

  #valueIn(bytes: Buffer, keyed: boolean): unknown {
    if (bytes.length === 0) return undefined;
    const type = this.#message.headers['content-type'];
    if (isJson(type) || (type === undefined && !this.#options.strictContentType))
      return parseJson(decode(bytes));
    if (keyed) return undefined;
    return isUtf8(bytes) ? bytes.toString() : new Uint8Array(bytes);
  }

  /** The form, by its content type; a body that is no form has no values. */
  form(): Promise<FormValues> {
    return (this.#formRead ??= this.#readForm());
  }

  /** What has been read already is given once more. */
  stream(): Readable {
    if (this.#bytesRead !== undefined)
      return Readable.from(pieceOf(this.#bytesRead), { objectMode: false });
    if (this.#source === this.#arriving) this.#begin(Infinity);
    return this.#source;
  }

  /** Gives, when it is wanted, the body as it is now, whatever it is encoded as: for those who replace it by the decoded one. */
  encoded(): () => Readable {
    const source = this.#source;
    const message = this.#message;
    const arriving = this.#arriving;
    return () => {
      if (source === arriving && message.headers.expect !== undefined) this.#proceed();
      return source;
    };
  }

  replace(content: Readable): void {
    this.#source = content;
    this.#bytesRead = this.#formRead = undefined;
  }

  get keepsFiles(): boolean {
    return this.#formRead !== undefined;
  }

  /** Files are kept for the time of the request. */
  async dispose(): Promise<void> {
    const form = await this.#formRead?.catch(() => undefined);
    await form?.[Symbol.asyncDispose]?.();
  }

  async #readForm(): Promise<FormValues & Partial<AsyncDisposable>> {
    const type = this.#message.headers['content-type'] ?? '';
    const { uploads, limit } = this.#options;
    if (isUrlencoded(type)) return urlencodedForm(await this.text(), uploads);
    if (!isMultipart(type)) return noForm;
    const total = limit + uploads.totalSize;
    if (this.#bytesRead !== undefined)
      return multipartForm(Readable.from([await this.#bytesRead]), type, total, uploads);
    this.#begin(total);
    return multipartForm(this.#source, type, total, uploads);
  }

  #collect(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const { limit } = this.#options;
      this.#begin(limit);
      collect(this.#source, limit, resolve, reject);
    });
  }

  /** Refuses what cannot be read, before any of it is. */
  #begin(limit: number): void {
    const source = this.#source;
    const message = this.#message;
    if (source.readableDidRead)
      throw new Error('The body was read before, by stream() or form(): it arrives only once.');
    if (source.destroyed) throw endedEarly();
    if (source !== this.#arriving) return;
    if (source === message) checkHead(message, limit);
    if (message.headers.expect !== undefined) this.#proceed();
  }
}

/** Reads to the end, or up to the limit: what follows is left unread. */
function collect(
  source: Readable,
  limit: number,
  resolve: (bytes: Buffer) => void,
  reject: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let complete = false;
  const breakOff = (error?: unknown): void => {
    // A plugin that decodes the body says what is wrong with it.
    const said = error instanceof HTTPException ? error : refusalByCode(error);
    if (!complete) reject(said ?? endedEarly());
  };
  source
    .on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        source.removeAllListeners('data').pause();
        reject(tooLarge());
      } else chunks.push(chunk);
    })
    .on('end', () => {
      complete = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    })
    .on('error', breakOff)
    .on('close', breakOff)
    // What a plugin put in the place of the message may have been paused.
    .resume();
}

/** Refuses what the head says of a body that nobody has replaced. */
function checkHead(message: IncomingMessage, limit: number): void {
  if (isEncoded(message)) throw encoded(message);
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge();
}

/** Only middleware such as `decompress()` undoes an encoding. */
function isEncoded({ headers }: IncomingMessage): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
}

function encoded({ headers }: IncomingMessage): HTTPException {
  return new HTTPException(
    415,
    `The body is encoded as '${headers['content-encoding']}', which is not understood here.`,
    {
      headers: { 'accept-encoding': 'identity' },
    },
  );
}

async function* pieceOf(bytes: Promise<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield await bytes;
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw unparsable();
  return bytes.toString();
}

function isJson(type: string | undefined): boolean {
  if (type === 'application/json') return true;
  return (
    type !== undefined && /^application\/(?:[\w.!#$&^-]+\+)?json[ \t]*(?:;|$)/i.test(type.trim())
  );
}
