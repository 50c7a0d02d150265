import { connect, type Socket } from 'node:net';
import type { Server } from 'vivace';

/** One connection to a listening server, to send what no client would. */
export class Wire implements AsyncDisposable {
  /** What has arrived so far. */
  received = '';
  private readonly socket: Socket;
  private readonly gone: Promise<void>;
  private changed = Promise.withResolvers<void>();

  constructor(server: Server) {
    this.socket = connect({ port: Number(new URL(server.url!).port), host: '127.0.0.1' });
    this.socket.setNoDelay(true);
    this.gone = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.on('error', () => {});
    this.socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1');
      this.changed.resolve();
      this.changed = Promise.withResolvers();
    });
  }

  /** Texts are sent byte by byte: each character is one. */
  send(...pieces: readonly (string | Uint8Array)[]): this {
    for (const piece of pieces)
      this.socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
    return this;
  }

  get open(): boolean {
    return !this.socket.closed;
  }

  async opened(): Promise<void> {
    if (this.socket.connecting)
      await new Promise((resolve) => this.socket.once('connect', resolve).once('close', resolve));
  }

  /** No more is sent, answers are still read. */
  end(): this {
    this.socket.end();
    return this;
  }

  /** Vanishes without a word. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Waits until something has arrived, or nothing more will. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received) && this.open)
      await Promise.race([this.changed.promise, this.gone]);
    return this.received;
  }

  /** All that arrives until the server closes the connection. */
  async closed(): Promise<string> {
    await this.gone;
    return this.received;
  }

  /** The next answers in full, as status and text of the body. */
  async answers(count: number): Promise<[status: number, body: string][]> {
    for (;;) {
      const found = answersIn(this.received);
      if (found.length >= count) return found;
      const before = this.received;
      await Promise.race([this.changed.promise, this.gone]);
      if (this.received === before) return found;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.gone;
  }
}

/** The complete answers at the beginning of a text; a body ends where its `content-length` says. */
export function answersIn(text: string): [status: number, body: string][] {
  const answers: [number, string][] = [];
  for (let rest = text; ;) {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n([^]*?\r\n)?\r\n/.exec(rest);
    if (head === null) return answers;
    const length = Number(/^content-length: (\d+)/im.exec(head[2] ?? '')?.[1] ?? 0);
    const end = head[0].length + length;
    if (rest.length < end) return answers;
    answers.push([Number(head[1]), rest.slice(head[0].length, end)]);
    rest = rest.slice(end);
  }
}

/** The text of a request. */
export function request(
  method: string,
  target: string,
  headers: Readonly<Record<string, string | number>> = {},
  body = '',
): string {
  const all = {
    host: 'localhost',
    ...(body === '' ? {} : { 'content-length': body.length }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
