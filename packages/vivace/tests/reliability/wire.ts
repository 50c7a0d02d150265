import { once } from 'node:events';
import {
  request,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import type { Server } from 'vivace';

export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** A request to a listening server over a connection of its own, whose answer is read as it comes. */
export async function ask(
  server: Server,
  path: string,
  { method = 'GET', headers, body }: Asked = {},
): Promise<Answering> {
  const sent = request(server.url + path, { agent: false, method, headers });
  sent.end(body);
  const [message] = (await once(sent, 'response')) as [IncomingMessage];
  return new Answering(sent, message);
}

/** An answer that may still be on its way. */
export class Answering {
  #text = '';
  #whole: boolean | undefined;
  #wake = Promise.withResolvers<void>();

  constructor(
    private readonly sent: ClientRequest,
    private readonly message: IncomingMessage,
  ) {
    message.setEncoding('utf8');
  }

  get status(): number | undefined {
    return this.message.statusCode;
  }
  get headers(): IncomingMessage['headers'] {
    return this.message.headers;
  }

  /** What has come when it holds a text, or when nothing more comes. */
  async until(text: string): Promise<string> {
    this.#listen();
    while (!this.#text.includes(text) && this.#whole === undefined) await this.#wake.promise;
    return this.#text;
  }

  /** All that comes, and whether that is the whole answer or the connection broke. */
  async end(): Promise<{ readonly text: string; readonly whole: boolean }> {
    this.#listen();
    while (this.#whole === undefined) await this.#wake.promise;
    return { text: this.#text, whole: this.#whole };
  }

  /** Goes away. */
  leave(): void {
    this.message.on('error', () => {});
    this.sent.destroy();
  }

  #listen(): void {
    if (this.message.listenerCount('data') > 0) return;
    const wake = (): void => {
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    };
    this.message.on('data', (text: string) => {
      this.#text += text;
      wake();
    });
    this.message.once('end', () => {
      this.#whole = true;
      wake();
    });
    this.message.once('error', () => {
      this.#whole ??= false;
      wake();
    });
  }
}

/** The log of an application as the objects it is made of. */
export class Log {
  readonly lines: Record<string, unknown>[] = [];
  readonly #watchers = new Set<() => void>();

  readonly options = {
    level: 'info',
    stream: {
      write: (line: string): void => {
        this.lines.push(JSON.parse(line) as Record<string, unknown>);
        for (const watch of this.#watchers) watch();
      },
    },
  };

  /** The first line with this message, when it is there. */
  async line(message: string): Promise<Record<string, unknown>> {
    const find = (): Record<string, unknown> | undefined =>
      this.lines.find(({ msg }) => String(msg).includes(message));
    return (
      find() ??
      new Promise((resolve) => {
        const watch = (): void => {
          const line = find();
          if (line === undefined) return;
          this.#watchers.delete(watch);
          resolve(line);
        };
        this.#watchers.add(watch);
      })
    );
  }
}
