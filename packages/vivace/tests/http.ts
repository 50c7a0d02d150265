import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Server, Vivace } from 'vivace';

/** What came over the wire, nothing decoded. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  readonly json: unknown;
}
export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Listens on a free port of the loopback interface. */
export function listening<State>(app: Vivace<State>): Promise<Server<State>> {
  return app.listen({ port: 0, handleSignals: false });
}

/** One request over a connection of its own. */
export async function call(
  server: Server,
  path: string,
  { method = 'GET', headers = {}, body }: Call = {},
): Promise<Received> {
  const response = await opened(server, path, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return {
    status: response.statusCode!,
    headers: response.headers,
    body: bytes,
    text: bytes.toString(),
    get json(): unknown {
      return JSON.parse(bytes.toString());
    },
  };
}

/** The response as soon as its headers are there; reading on is up to the test. */
export function opened(
  server: Server,
  path: string,
  { method = 'GET', headers = {}, body }: Call = {},
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(server.url!);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
}
