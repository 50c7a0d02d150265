import {
  Controller,
  Cookie,
  Depends,
  Get,
  Query,
  Vivace,
  WebSocket,
  WebSocketException,
  WebSocketRoute,
  dependency,
  int,
} from 'vivace';
import { HTMLResponse } from 'vivace/responses';
import { WS_1008_POLICY_VIOLATION } from 'vivace/status';

const html = `<!DOCTYPE html>
<title>Chat</title>
<form>
  <input id="item" value="foo"> <input id="token" value="some-key-token"> <button id="connect">Connect</button><br>
  <input id="text"> <button id="send">Send</button>
</form>
<ul id="messages"></ul>
<script>
  const value = (id) => document.getElementById(id).value;
  let socket;
  document.getElementById('connect').onclick = (event) => {
    event.preventDefault();
    socket = new WebSocket(\`/items/\${value('item')}/ws?token=\${value('token')}\`);
    socket.onmessage = ({ data }) => {
      const line = document.createElement('li');
      line.textContent = data;
      document.getElementById('messages').append(line);
    };
  };
  document.getElementById('send').onclick = (event) => {
    event.preventDefault();
    socket.send(value('text'));
  };
</script>
`;

/** A browser cannot set headers for a WebSocket: what it knows of the visitor comes as a cookie, or in the address. */
const get_cookie_or_token = dependency(
  {
    session: Cookie(String, { nullable: true, default: null }),
    token: Query(String, { nullable: true, default: null }),
  },
  ({ session, token }) => {
    const known = session ?? token;
    if (known === null) throw new WebSocketException(WS_1008_POLICY_VIOLATION);
    return known;
  },
);

@Controller()
class Items {
  @Get('/')
  async get() {
    return new HTMLResponse(html);
  }

  @WebSocketRoute('/items/:item_id/ws')
  async websocket_endpoint(
    socket: WebSocket,
    item_id: string,
    @Depends(get_cookie_or_token) cookie_or_token: string,
    q: int | null = null,
  ): Promise<void> {
    await socket.accept();
    for await (const data of socket.messages()) {
      await socket.send(`Session cookie or query token value is: ${cookie_or_token}`);
      if (q !== null) await socket.send(`Query parameter q is: ${q}`);
      await socket.send(`Message text was: ${data}, for item ID: ${item_id}`);
    }
  }
}

export const app = new Vivace({ controllers: [Items] });
