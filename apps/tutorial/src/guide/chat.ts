import { MinLength } from 'class-validator';
import {
  Controller,
  Depends,
  Query,
  Rooms,
  Vivace,
  WebSocket,
  WebSocketException,
  WebSocketRoute,
  dependency,
} from 'vivace';

class Say {
  @MinLength(1) text!: string;
}

const visitor = dependency(
  { token: Query(String, { nullable: true, default: null }) },
  ({ token }) => {
    if (token === null) throw new WebSocketException(1008, 'no token');
    return token;
  },
);

@Controller('/chat')
class Chat {
  constructor(private readonly rooms: Rooms) {}

  @WebSocketRoute('/:room')
  async chat(room: string, socket: WebSocket, @Depends(visitor) name: string): Promise<void> {
    await socket.accept();
    await this.rooms.join(room, socket);
    for await (const { text } of socket.messages(Say))
      await this.rooms.broadcast(room, `${name}: ${text}`, { except: socket });
    await this.rooms.broadcast(room, `${name} left`);
  }
}

export const app = new Vivace({ controllers: [Chat] });
