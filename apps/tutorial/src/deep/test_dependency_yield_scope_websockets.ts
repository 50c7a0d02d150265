import { Controller, Depends, Vivace, WebSocket, WebSocketRoute, dependency } from 'vivace';

class Session {
  open = true;
}

class NamedSession extends Session {
  constructor(readonly name = 'default') {
    super();
  }
}

const session = dependency(function* () {
  const opened = new Session();
  yield opened;
  opened.open = false;
});

const named_session = dependency(
  { outer: Depends(session, { scope: 'request' }) },
  function* ({ outer }) {
    const named = new NamedSession(`named ${outer.open}`);
    yield [named, outer] as const;
    named.open = false;
  },
);

const named_function_session = dependency(
  { outer: Depends(session, { scope: 'function' }) },
  function* ({ outer }) {
    const named = new NamedSession();
    yield [named, outer] as const;
    named.open = false;
  },
);

const named_regular_session = dependency(
  { outer: Depends(session, { scope: 'function' }) },
  ({ outer }) => [new NamedSession(), outer] as const,
);

type Sessions = readonly [NamedSession, Session];

@Controller()
class Sockets {
  @WebSocketRoute('/function-scope')
  async function_scope(
    socket: WebSocket,
    @Depends(session, { scope: 'function' }) opened: Session,
  ): Promise<void> {
    await socket.sendJson({ is_open: opened.open });
  }

  @WebSocketRoute('/request-scope')
  async request_scope(
    socket: WebSocket,
    @Depends(session, { scope: 'request' }) opened: Session,
  ): Promise<void> {
    await socket.sendJson({ is_open: opened.open });
  }

  @WebSocketRoute('/two-scopes')
  async get_stream_session(
    socket: WebSocket,
    @Depends(session, { scope: 'function' }) inner: Session,
    @Depends(session, { scope: 'request' }) outer: Session,
  ): Promise<void> {
    await socket.sendJson({ func_is_open: inner.open, req_is_open: outer.open });
  }

  @WebSocketRoute('/sub')
  async get_sub(
    socket: WebSocket,
    @Depends(named_session, { scope: 'request' }) sessions: Sessions,
  ): Promise<void> {
    await report(socket, sessions);
  }

  @WebSocketRoute('/named-function-scope')
  async get_named_function_scope(
    socket: WebSocket,
    @Depends(named_function_session, { scope: 'function' }) sessions: Sessions,
  ): Promise<void> {
    await report(socket, sessions);
  }

  @WebSocketRoute('/regular-function-scope')
  async get_regular_function_scope(
    socket: WebSocket,
    @Depends(named_regular_session) sessions: Sessions,
  ): Promise<void> {
    await report(socket, sessions);
  }
}

async function report(socket: WebSocket, [named, outer]: Sessions): Promise<void> {
  await socket.sendJson({ named_session_open: named.open, session_open: outer.open });
}

export const app = new Vivace({ controllers: [Sockets] });
