import { Controller, Get, Vivace, WebSocket, WebSocketRoute } from 'vivace';

@Controller()
class Main {
  @Get('/')
  async read_main() {
    return { msg: 'Hello World' };
  }

  @WebSocketRoute('/ws')
  async websocket(socket: WebSocket): Promise<void> {
    await socket.sendJson({ msg: 'Hello WebSocket' });
  }
}

export const app = new Vivace({ controllers: [Main] });
