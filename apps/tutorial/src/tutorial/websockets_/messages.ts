import { MaxLength, MinLength } from 'class-validator';
import {
  Controller,
  RequestValidationError,
  Rooms,
  Security,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
  int,
  oneOf,
} from 'vivace';
import { OAuth2PasswordBearer } from 'vivace/security';

class Join {
  kind!: 'join';
  room!: string;
}
class Say {
  kind!: 'say';
  room!: string;
  @MinLength(1) @MaxLength(500) text!: string;
  reply_to: int | null = null;
}
class Leave {
  kind!: 'leave';
  room!: string;
}
const message = oneOf(Join, Say, Leave);

const oauth2 = new OAuth2PasswordBearer({
  tokenUrl: 'token',
  scopes: { chat: 'Take part in conversations' },
});
const current_user = dependency({ token: oauth2 }, ({ token }) => `user of ${token}`);

/** One connection, several rooms: each message says by its kind what it is. */
@Controller()
class Chat {
  constructor(private readonly rooms: Rooms) {}

  @WebSocketRoute('/chat')
  async chat(socket: WebSocket, @Security(current_user, ['chat']) user: string): Promise<void> {
    await socket.accept({ subprotocol: 'chat.v1', headers: { 'x-user': user } });
    while (!socket.signal.aborted) {
      try {
        for await (const received of socket.messages(message))
          await this.take(received, socket, user);
      } catch (error) {
        // Without this the connection would be closed with 1008.
        if (!(error instanceof RequestValidationError)) throw error;
        await socket.sendJson({ kind: 'refused', issues: error.issues });
      }
    }
  }

  private async take(received: Join | Say | Leave, socket: WebSocket, user: string): Promise<void> {
    const { rooms } = this;
    switch (received.kind) {
      case 'join':
        return rooms.join(received.room, socket);
      case 'leave':
        return rooms.leave(received.room, socket);
      case 'say':
        return rooms.broadcast(received.room, JSON.stringify({ ...received, user }), {
          except: socket,
        });
    }
  }
}

export const app = new Vivace({
  controllers: [Chat],
  webSockets: { maxMessage: 4096, heartbeat: 20 },
});
