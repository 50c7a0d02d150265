import { Controller, Depends, Rooms, WebSocket, WebSocketRoute, type int } from 'vivace';
import { session } from './held.js';

class Said {
  text!: string;
  deep?: unknown;
}

type Held = { number: int };

@Controller('/sockets')
export class Sockets {
  @WebSocketRoute('/echo')
  async echo(socket: WebSocket, rooms: Rooms, @Depends(session) _held: Held): Promise<void> {
    await rooms.join('all', socket);
    for await (const text of socket.messages()) await socket.send(text);
  }

  @WebSocketRoute('/said')
  async said(socket: WebSocket): Promise<void> {
    for await (const { text } of socket.messages(Said)) await socket.sendJson({ text });
  }

  @WebSocketRoute('/throws')
  async throws(socket: WebSocket): Promise<void> {
    await socket.receive();
    throw new Error('the secret of the socket');
  }

  /** Sends as fast as the client lets it. */
  @WebSocketRoute('/flood')
  async flood(socket: WebSocket): Promise<void> {
    const message = 'x'.repeat(32_000);
    for (;;) await socket.send(message);
  }
}
