import { Controller, Depends, Vivace, WebSocket, WebSocketRoute, dependency } from 'vivace';

class Session {
  open = true;
  constructor(private readonly data: readonly string[]) {}

  *[Symbol.iterator](): Generator<string> {
    for (const item of this.data) {
      if (!this.open) throw new Error('The session is closed');
      yield item;
    }
  }
}

const session = dependency(function* () {
  const opened = new Session(['foo', 'bar', 'baz']);
  try {
    yield opened;
  } finally {
    opened.open = false;
  }
});

const broken_session = dependency({ opened: session }, ({ opened }) => {
  opened.open = false;
  return opened;
});

@Controller()
class Items {
  @WebSocketRoute('/ws')
  async websocket_endpoint(socket: WebSocket, @Depends(session) items: Session): Promise<void> {
    await socket.accept();
    for (const item of items) await socket.send(item);
  }

  @WebSocketRoute('/ws-broken')
  async websocket_endpoint_broken(
    socket: WebSocket,
    @Depends(broken_session) items: Session,
  ): Promise<void> {
    await socket.accept();
    for (const item of items) await socket.send(item);
  }
}

export const app = new Vivace({ controllers: [Items] });
