import { Controller, WebSocketRoute, type WebSocket } from 'vivace';

@Controller('/{{path}}')
export class {{pascal}}Socket {
  @WebSocketRoute()
  async talk(socket: WebSocket): Promise<void> {
    for await (const text of socket.messages()) await socket.send(`You said: ${text}`);
  }
}
