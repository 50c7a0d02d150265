import { Controller, Depends, Vivace, WebSocket, WebSocketRoute, dependency } from 'vivace';

const dependency_list = dependency((): string[] => []);
const create_dependency = (name: string) =>
  dependency({ list: dependency_list }, ({ list }) => void list.push(name));

async function say(socket: WebSocket, names: string[]): Promise<void> {
  await socket.sendJson(names);
  await socket.close();
}

@Controller()
class Main {
  @WebSocketRoute('/', { dependencies: [create_dependency('index')] })
  index(socket: WebSocket, @Depends(dependency_list) deps: string[]): Promise<void> {
    return say(socket, deps);
  }
}

@Controller('', { dependencies: [create_dependency('router')] })
class Router {
  @WebSocketRoute('/router', { dependencies: [create_dependency('routerindex')] })
  routerindex(socket: WebSocket, @Depends(dependency_list) deps: string[]): Promise<void> {
    return say(socket, deps);
  }
}

@Controller('', { dependencies: [create_dependency('prefix_router')] })
class PrefixRouter {
  @WebSocketRoute('/', { dependencies: [create_dependency('routerprefixindex')] })
  routerprefixindex(socket: WebSocket, @Depends(dependency_list) deps: string[]): Promise<void> {
    return say(socket, deps);
  }
}

export const app = new Vivace({ controllers: [Main], dependencies: [create_dependency('app')] })
  .include(Router, { dependencies: [create_dependency('router2')] })
  .include(PrefixRouter, {
    prefix: '/prefix',
    dependencies: [create_dependency('prefix_router2')],
  });
