import { Controller, Get, Request, Vivace, WebSocket, WebSocketRoute } from 'vivace';
import type { FastifyRequest } from 'fastify';

@Controller()
class Routes {
  @Get('/users/:user_id')
  async get_user(user_id: string, request: Request) {
    return { user_id, path: templateOf(request.fastify) };
  }

  @WebSocketRoute('/items/:item_id')
  async websocket_item(item_id: string, socket: WebSocket): Promise<void> {
    await socket.sendJson({ item_id, path: templateOf(socket.fastify) });
  }
}

/** The path of the matched route, with its parameters in braces. */
function templateOf({ routeOptions }: FastifyRequest): string {
  return (routeOptions.url ?? '').replace(/:(\w+)/g, '{$1}');
}

export const app = new Vivace({ controllers: [Routes] });
