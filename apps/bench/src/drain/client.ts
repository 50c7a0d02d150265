import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** What became of the requests of some clients. */
export class Tally {
  answered = 0;
  /** Why requests got no answer though the server had taken their connection. */
  readonly lost: string[] = [];
}

const REQUEST = 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n';

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
): Promise<void> {
  for (;;) {
    try {
      using connection = await Connection.open(port);
      for (let kept = true; kept; kept = keepsConnection && connection.isKept) {
        await connection.ask();
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

  /** @throws Error where the connection ends before the whole answer is there */
  async ask(): Promise<void> {
    this.socket.write(REQUEST);
    this.#text = '';
    while (!this.#isWhole()) this.#text += await this.#more();
    this.isKept = !/\r\nconnection: close\r\n/i.test(this.#text);
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
