import { Controller, Get, Vivace, WebSocket, WebSocketRoute } from 'vivace';
import { HTMLResponse } from 'vivace/responses';

const html = `
<!DOCTYPE html>
<html>
    <head>
        <title>Chat</title>
    </head>
    <body>
        <h1>WebSocket Chat</h1>
        <form action="" onsubmit="sendMessage(event)">
            <input type="text" id="messageText" autocomplete="off"/>
            <button>Send</button>
        </form>
        <ul id='messages'>
        </ul>
        <script>
            var ws = new WebSocket("ws://localhost:8000/ws");
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
  @Get('/')
  async get() {
    return new HTMLResponse(html);
  }

  @WebSocketRoute('/ws')
  async websocket_endpoint(socket: WebSocket): Promise<void> {
    await socket.accept();
    for await (const text of socket.messages()) await socket.send(`Message text was: ${text}`);
  }
}

export const app = new Vivace({ controllers: [Chat] });
