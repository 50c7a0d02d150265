import { connect, type Socket } from 'node:net';

/** One answer as it stood on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Each character is a byte. */
  readonly body: string;
}

/** One connection, to send what no client would. */
export class Wire implements AsyncDisposable {
  /** What has arrived so far; each character is a byte. */
  received = '';
  readonly #socket: Socket;
  readonly #gone: Promise<void>;
  #changed = Promise.withResolvers<void>();

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#gone = new Promise((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.on('error', () => {});
    this.#socket.on('data', (bytes: Buffer) => {
      this.received += bytes.toString('latin1');
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    });
  }

  get open(): boolean {
    return !this.#socket.closed;
  }

  async opened(): Promise<this> {
    if (this.#socket.connecting)
      await new Promise((resolve) => this.#socket.once('connect', resolve).once('close', resolve));
    return this;
  }

  send(...pieces: readonly (string | Uint8Array)[]): this {
    for (const piece of pieces)
      this.#socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
    return this;
  }

  /** Kept when what was sent has left, or never will. */
  async flushed(): Promise<void> {
    const left = new Promise<void>((resolve) => this.#socket.write('', () => resolve()));
    await Promise.race([left, this.#gone]);
  }

  /** Sends no more, and goes on to read. */
  end(): this {
    this.#socket.end();
    return this;
  }

  /** Takes nothing more from the network. */
  stopReading(): this {
    this.#socket.pause();
    return this;
  }

  /** Vanishes without a word. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Waits until something has arrived, or nothing more will. */
  async until(pattern: RegExp | ((received: string) => boolean)): Promise<string> {
    const found = (): boolean =>
      typeof pattern === 'function' ? pattern(this.received) : pattern.test(this.received);
    while (!found() && this.open) await Promise.race([this.#changed.promise, this.#gone]);
    return this.received;
  }

  /** All that arrives until the connection is closed. */
  async closed(): Promise<string> {
    await this.#gone;
    return this.received;
  }

  /** The first answers in full: fewer where the connection is closed before. */
  async answers(count: number, methods: readonly string[] = []): Promise<Answer[]> {
    await this.until((text) => answersIn(text, methods).length >= count);
    return answersIn(this.received, methods).slice(0, count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.#gone;
  }
}

/** The complete answers at the beginning of a text; those to HEAD have no body. */
export function answersIn(text: string, methods: readonly string[] = []): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; ;) {
    const end = rest.indexOf('\r\n\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(rest)?.[1]);
    if (end < 0 || Number.isNaN(status)) return answers;
    const headers = headersIn(rest.slice(0, end));
    rest = rest.slice(end + 4);
    // 100 Continue is not yet the answer.
    if (status < 200 && status !== 101) continue;
    const silent = methods[answers.length] === 'HEAD' || [101, 204, 304].includes(status);
    const body = silent ? { text: '', rest } : bodyIn(rest, headers);
    if (body === undefined) return answers;
    answers.push({ status, headers, body: body.text });
    rest = body.rest;
  }
}

function headersIn(head: string): Headers {
  const headers = new Headers();
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}

function bodyIn(rest: string, headers: Headers): { text: string; rest: string } | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return chunksIn(rest);
  const length = Number(headers.get('content-length') ?? 0);
  return rest.length < length
    ? undefined
    : { text: rest.slice(0, length), rest: rest.slice(length) };
}

function chunksIn(rest: string): { text: string; rest: string } | undefined {
  let text = '';
  for (let at = 0; ;) {
    const line = rest.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(rest.slice(at, line), 16);
    const next = line + 2 + size + 2;
    if (rest.length < next) return undefined;
    text += rest.slice(line + 2, line + 2 + size);
    at = next;
    if (size === 0) return { text, rest: rest.slice(at) };
  }
}

/** The text of a request; headers with the name of another are added, and undefined leaves out one of the two that are always sent. */
export function request(
  method: string,
  target: string,
  headers: Readonly<Record<string, string | number | undefined>> = {},
  body: string | Uint8Array = '',
): string {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
  const all = {
    host: 'localhost',
    ...(text === '' ? {} : { 'content-length': text.length }),
    ...headers,
  };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${text}`;
}
