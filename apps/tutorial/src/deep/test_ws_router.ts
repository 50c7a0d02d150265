import { Controller, Depends, Header, Vivace, WebSocket, WebSocketRoute, dependency } from 'vivace';
import { override } from 'vivace/testing';

class CustomError extends Error {}

const ws_dependency = dependency(() => 'Socket Dependency');
const ws_dependency_err = dependency((): string => {
  throw new CustomError('not there');
});
const ws_dependency_validate = dependency(
  { x_missing: Header(String) },
  ({ x_missing }) => x_missing,
);

async function say(socket: WebSocket, ...texts: string[]): Promise<void> {
  for (const text of texts) await socket.send(text);
  await socket.close();
}

@Controller()
class Main {
  @WebSocketRoute('/')
  index(socket: WebSocket): Promise<void> {
    return say(socket, 'Hello, world!');
  }
  @WebSocketRoute('/router')
  routerindex(socket: WebSocket): Promise<void> {
    return say(socket, 'Hello, router!');
  }
  @WebSocketRoute('/router2')
  routerindex2(socket: WebSocket): Promise<void> {
    return say(socket, 'Hello, router!');
  }
  @WebSocketRoute('/router/*pathparam')
  routerindexparams(socket: WebSocket, pathparam: string, queryparam: string): Promise<void> {
    return say(socket, pathparam, queryparam);
  }
  @WebSocketRoute('/router-ws-depends/')
  router_ws_decorator_depends(
    socket: WebSocket,
    @Depends(ws_dependency) data: string,
  ): Promise<void> {
    return say(socket, data);
  }
  @WebSocketRoute('/depends-err/')
  router_ws_depends_err(
    socket: WebSocket,
    @Depends(ws_dependency_err) data: string,
  ): Promise<void> {
    return say(socket, data);
  }
  @WebSocketRoute('/depends-validate/')
  router_ws_depends_validate(
    socket: WebSocket,
    @Depends(ws_dependency_validate) data: string,
  ): Promise<void> {
    return say(socket, data);
  }
  @WebSocketRoute('/custom_error/')
  async router_ws_custom_error(_socket: WebSocket): Promise<void> {
    throw new CustomError('refused');
  }
}

@Controller('/prefix')
class Prefixed {
  @WebSocketRoute('/')
  routerprefixindex(socket: WebSocket): Promise<void> {
    return say(socket, 'Hello, router with prefix!');
  }
}

@Controller('/native')
class Native {
  @WebSocketRoute('/')
  router_native_prefix_ws(socket: WebSocket): Promise<void> {
    return say(socket, 'Hello, router with native prefix!');
  }
}

export const app = new Vivace({ controllers: [Main, Prefixed, Native] });
export const overrides = { '<lambda>': override(ws_dependency, () => 'Override') };
