import { Controller, Rooms, Vivace, WebSocket, WebSocketRoute } from 'vivace';
import { readySockets } from '../ready-sockets.js';

let open = 0;

@Controller()
class Sockets {
  /** Says it back, or to everybody in the room. */
  @WebSocketRoute('/chat/:room')
  async chat(room: string, socket: WebSocket, rooms: Rooms): Promise<void> {
    await socket.accept();
    await rooms.join(room, socket);
    open += 1;
    for await (const text of socket.messages()) {
      if (room === 'own') await socket.send(text);
      else await rooms.broadcast(room, text);
    }
    open -= 1;
  }
}

const server = await new Vivace({ controllers: [Sockets], logger: false, docs: false }).listen({
  port: Number(process.argv[2]),
});
readySockets(server.url, () => open);
