import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { HTTPException } from '../../errors/http-exception';
import type { Operation } from '../../model/model';
import { Stopwatch } from '../stopwatch';
import { Arrival, type Receiver } from './arrival';
import { BodyStream } from './body-stream';
import type { Told } from '../deadlines';
import { BodyUse } from './body-use';
import { Collected, type Waiting } from './collected';
import { endedEarly, tooLarge } from './errors';
import {
  isMultipart,
  isUrlencoded,
  multipartForm,
  noForm,
  urlencodedForm,
  type FormValues,
} from './form';
import { parseJson } from './json';
import type { BodyOptions } from './options';
import { noteReading, type Reading } from './reading';
import { decode, valueOf, type BodyKind } from './value';

/** Reads the body of one request, when it is asked for and once. */
export class BodyReader implements Reading {
  #collected: Collected | undefined;
  #bytesRead: Promise<Buffer> | undefined;
  #formRead: Promise<FormValues & Partial<AsyncDisposable>> | undefined;
  #source: Readable;
  readonly #arrivals: Arrival[] = [];
  #disposed = false;
  /** How long the client was waited for: time that is not the program's. */
  readonly waited = new Stopwatch();

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
    return (this.#bytesRead ??= new Promise((take, fail) => this.tell({ take, fail })));
  }

  async text(): Promise<string> {
    return decode(await this.bytes());
  }

  /** The parsed JSON, whatever the content type says. */
  async json(): Promise<unknown> {
    return parseJson(await this.text());
  }

  /** What inputs see: parsed JSON, else text or bytes, which have no keys; undefined where there is no body. */
  #value(body: BodyKind): Promise<unknown> {
    return new Promise((resolve, reject) =>
      this.tell({
        take: (bytes) => {
          try {
            resolve(this.valueOf(bytes, body));
          } catch (error) {
            // oxlint-disable-next-line prefer-promise-reject-errors -- it goes on as it is
            reject(error);
          }
        },
        fail: reject,
      }),
    );
  }

  /** What the inputs of an operation see. */
  read(body: Operation['body']): Promise<unknown> {
    return body?.kind === 'json' ? this.#value(body) : this.form();
  }

  /** The same, given to a function: what that makes of it, for one who waits. */
  readWith(body: Operation['body'], use: (body: unknown) => unknown): Told<unknown> {
    return body?.kind === 'json' ? new BodyUse(this, body, use) : this.form().then(use);
  }

  /** What inputs see of the bytes of the body. */
  valueOf(bytes: Buffer, body: BodyKind): unknown {
    const type = this.#message.headers['content-type'];
    return valueOf(bytes, type, body, this.#options.strictContentType);
  }

  /** The form, by its content type; a body that is no form has no values. */
  form(): Promise<FormValues> {
    return (this.#formRead ??= this.#readForm());
  }

  /** What has been read already is given once more. */
  stream(): Readable {
    if (this.#collected !== undefined)
      return Readable.from(chunkOf(this.bytes()), { objectMode: false });
    return this.#streamOf(this.#options.bodyLimit);
  }

  /** Gives, when it is wanted, the body as it is now, whatever it is encoded as: for those who replace it by the decoded one. */
  encoded(): () => Readable {
    const source = this.#source;
    const message = this.#message;
    const arriving = this.#arriving;
    return () => {
      if (source !== arriving) return source;
      if (source === message) this.#announced(this.#formLimit);
      this.#askFor();
      return new BodyStream((receiver) => this.#arrive(arriving, this.#formLimit, receiver));
    };
  }

  replace(content: Readable): void {
    this.#source = content;
    this.#collected = this.#bytesRead = this.#formRead = undefined;
  }

  /** Whether the client is waited for. */
  get isWaiting(): boolean {
    return this.waited.running;
  }

  /** Whether something is left to be done with it when the request is over. */
  get isOpen(): boolean {
    return this.#formRead !== undefined || this.#arrivals.some(({ over }) => !over);
  }

  /**
   * Nobody waits for it any more.
   *
   * @param error what those who do are told
   */
  end(error: unknown): void {
    for (const arrival of this.#arrivals) arrival.end(error);
  }

  /** Files are kept for the time of the request. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.end(endedEarly());
    const form = await this.#formRead?.catch(() => undefined);
    await form?.[Symbol.asyncDispose]?.();
  }

  get #formLimit(): number {
    return this.#options.bodyLimit + this.#options.uploads.totalSize;
  }

  async #readForm(): Promise<FormValues & Partial<AsyncDisposable>> {
    const type = this.#message.headers['content-type'] ?? '';
    const { uploads } = this.#options;
    if (isUrlencoded(type)) return urlencodedForm(await this.text(), uploads);
    if (!isMultipart(type)) return noForm;
    const source =
      this.#collected === undefined
        ? this.#streamOf(this.#formLimit)
        : Readable.from([await this.bytes()]);
    try {
      return await multipartForm(source, type, uploads);
    } finally {
      source.destroy();
    }
  }

  #streamOf(limit: number): Readable {
    const source = this.#source;
    this.#begin(limit);
    return new BodyStream((receiver) => this.#arrive(source, limit, receiver));
  }

  /** Tells somebody of the bytes: at once where they are there. */
  tell(waiting: Waiting): void {
    if (this.#collected === undefined) {
      const { bodyLimit: limit } = this.#options;
      this.#begin(limit);
      this.#collected = new Collected();
      this.#arrive(this.#source, limit, this.#collected);
    }
    this.#collected.tell(waiting);
  }

  #arrive(source: Readable, limit: number, receiver: Receiver): Arrival {
    noteReading(this.#message, this);
    const arrival = new Arrival(source, limit, this.waited, receiver);
    this.#arrivals.push(arrival);
    // A stream may be read for the first time when all is over.
    if (this.#disposed || source.destroyed) arrival.end(endedEarly());
    return arrival;
  }

  /** Refuses what cannot be read, before any of it is. */
  #begin(limit: number): void {
    const source = this.#source;
    const message = this.#message;
    if (source.readableDidRead)
      throw new Error('The body was read before, by stream() or form(): it arrives only once.');
    if (source.destroyed) throw endedEarly();
    if (source !== this.#arriving) return;
    if (source === message) {
      if (isEncoded(message)) throw encoded(message);
      this.#announced(limit);
    }
    this.#askFor();
  }

  #announced(limit: number): void {
    if (Number(this.#message.headers['content-length'] ?? 0) > limit) throw tooLarge();
  }

  #askFor(): void {
    if (this.#message.headers.expect !== undefined) this.#proceed();
  }
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

async function* chunkOf(bytes: Promise<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield await bytes;
}
