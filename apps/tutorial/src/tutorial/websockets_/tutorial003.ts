import { Controller, Get, Rooms, Vivace, WebSocket, WebSocketRoute, int } from 'vivace';
import { HTMLResponse } from 'vivace/responses';

const html = `
<!DOCTYPE html>
<html>
    <head>
        <title>Chat</title>
    </head>
    <body>
        <h1>WebSocket Chat</h1>
        <h2>Your ID: <span id="ws-id"></span></h2>
        <form action="" onsubmit="sendMessage(event)">
            <input type="text" id="messageText" autocomplete="off"/>
            <button>Send</button>
        </form>
        <ul id='messages'>
        </ul>
        <script>
            var client_id = Date.now()
            document.querySelector("#ws-id").textContent = client_id;
            var ws = new WebSocket(\`ws://localhost:8000/ws/\${client_id}\`);
            ws.onmessage = function(event) {
                var messages = document.getElementById('messages')
                var message = document.createElement('li')
                var content = document.createTextNode(event.data)
                message.appendChild(content)
                messages.appendChild(message)
            };
            function sendMessage(event) {
                var input = document.getElementById("messageText")
                ws.send(input.value)
                input.value = ''
                event.preventDefault()
            }
        </script>
    </body>
</html>
`;

@Controller()
class Chat {
  constructor(private readonly rooms: Rooms) {}

  @Get('/')
  async get() {
    return new HTMLResponse(html);
  }

  @WebSocketRoute('/ws/:client_id')
  async websocket_endpoint(client_id: int, socket: WebSocket): Promise<void> {
    await socket.accept();
    await this.rooms.join('chat', socket);
    for await (const text of socket.messages()) {
      await socket.send(`You wrote: ${text}`);
      await this.rooms.broadcast('chat', `Client #${client_id} says: ${text}`);
    }
    await this.rooms.broadcast('chat', `Client #${client_id} left the chat`);
  }
}

export const app = new Vivace({ controllers: [Chat] });
