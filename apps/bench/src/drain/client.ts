import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** What became of the requests of some clients. */
export class Tally {
  answered = 0;
  /** Why requests got no answer though the server had taken their connection. */
  readonly lost: string[] = [];
}

/** What a client sends next. */
export type Ask = () => {
  readonly request: string;
  readonly answered?: (status: number) => void;
};

const READ: Ask = () => ({ request: 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n' });

/**
 * A client that asks again and again, until nobody listens any more: a connection that is refused
 * has lost nothing, because the client knows that the server has seen nothing of it.
 *
 * @param keepsConnection whether it asks again over the same connection while the server keeps it
 */
export async function askUntilRefused(
  port: number,
  keepsConnection: boolean,
  tally: Tally,
  ask: Ask = READ,
): Promise<void> {
  for (;;) {
    try {
      using connection = await Connection.open(port);
      for (let kept = true; kept; kept = keepsConnection && connection.isKept) {
        const { request, answered } = ask();
        const status = await connection.ask(request);
        answered?.(status);
        tally.answered++;
      }
    } catch (error) {
      const { code, syscall, message } = error as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED') return;
      tally.lost.push(`${syscall ?? message} ${code ?? ''}`);
    }
  }
}

/** One connection, read by hand: it shows what a library would repeat silently. */
class Connection implements Disposable {
  isKept = true;
  #text = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').setNoDelay();
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /**
   * @returns the status
   * @throws Error where the connection ends before the whole answer is there
   */
  async ask(request: string): Promise<number> {
    this.socket.write(request);
    this.#text = '';
    while (!this.#isWhole()) this.#text += await this.#more();
    this.isKept = !/\r\nconnection: close\r\n/i.test(this.#text);
    return Number(this.#text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  }

  #isWhole(): boolean {
    const end = this.#text.indexOf('\r\n\r\n');
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(this.#text) ?? [];
    return end >= 0 && this.#text.length >= end + 4 + Number(length);
  }

  #more(): Promise<string> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      const clear = (): unknown => socket.off('data', got).off('error', failed).off('close', ended);
      const got = (text: unknown): void => (clear(), resolve(String(text)));
      const failed = (error: Error): void => (clear(), reject(error));
      const ended = (): void => (clear(), reject(new Error('closed')));
      socket.once('data', got).once('error', failed).once('close', ended);
    });
  }

  /** Without waiting for the other side: thousands of ended connections would use up all ports. */
  [Symbol.dispose](): void {
    this.socket.on('error', () => {}).resetAndDestroy();
  }
}
