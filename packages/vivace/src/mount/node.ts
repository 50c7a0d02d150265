import type { IncomingMessage, OutgoingHttpHeader } from 'node:http';
import { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import type { MountRequest, Mount } from '../http/mounted-apps';
import { rooted, type NodeHandler } from './mount';
import { PassedResponse } from '../http/passed-response';

/** An Express application or Connect handler below a path; it sees `url` without that path unless it is kept, and all of it as `originalUrl`. */
export class NodeMount implements Mount {
  readonly #handler: NodeHandler;
  /** What addresses begin with before the rest. */
  readonly #kept: string;

  constructor(
    readonly path: string,
    readonly host: RegExp | undefined,
    handler: NodeHandler,
    keepPrefix: boolean,
  ) {
    this.#handler = handler;
    this.#kept = keepPrefix ? path : '';
  }

  async answer({ request, exchange, rest }: MountRequest): Promise<Response> {
    const raw: IncomingMessage & { originalUrl?: string } = request.raw;
    const whole = raw.url ?? '/';
    const written = new WrittenResponse(raw);
    exchange.fastifyReply.raw.once('close', () => written.response.destroy());
    raw.originalUrl ??= whole;
    raw.url = rooted(this.#kept + rest);
    const passed = new Promise<never>((_, reject) => {
      const next = (error?: unknown): void => {
        raw.url = whole;
        reject(error === undefined ? new HTTPException(404) : exceptionOf(error));
      };
      new Promise((resolve) => resolve(this.#handler(raw, written.response, next))).catch(reject);
    });
    // After its head was sent an error can only break the answer off.
    passed.catch((error: Error) => written.response.destroy(error));
    return Promise.race([written.head, passed]);
  }
}

/** Errors of Express and its parsers say by their status that the client is to blame. */
function exceptionOf(error: unknown): unknown {
  const { status, expose, message } = error as {
    readonly status?: unknown;
    readonly expose?: unknown;
    readonly message?: unknown;
  };
  if (typeof status !== 'number' || status < 400 || status > 499) return error;
  return new HTTPException(status, expose === false ? undefined : message, { cause: error });
}

/** A response of Node that is not sent: what is written to it becomes a response that middleware may change. */
class WrittenResponse {
  readonly response: ServerResponse;
  readonly head: Promise<Response>;
  readonly #body = new PassThrough();
  readonly #written = Promise.withResolvers<Response>();

  constructor(request: IncomingMessage) {
    this.head = this.#written.promise;
    this.response = new ServerResponse(request);
    // Express changes the prototype of a response, so that methods of a class would be lost.
    Object.assign(this.response, this.#methods(this.response));
    for (const event of ['drain', 'finish', 'close', 'error'] as const)
      this.#body.on(event, (...values: unknown[]) => this.#tell(event, values));
  }

  #tell(event: string, values: readonly unknown[]): void {
    if (this.response.listenerCount(event) > 0) this.response.emit(event, ...values);
  }

  #methods(response: ServerResponse) {
    const body = this.#body;
    const { writeHead } = response;
    const started = (): void => {
      if (!response.headersSent) response.writeHead(response.statusCode);
    };
    return {
      writeHead: (status: number, ...more: readonly unknown[]) => {
        for (const [name, value] of headersIn(more)) response.setHeader(name, value);
        const message = more.find((one) => typeof one === 'string');
        Reflect.apply(writeHead, response, message === undefined ? [status] : [status, message]);
        this.#written.resolve(this.#responseOf(status));
        return response;
      },
      flushHeaders: started,
      write: (...values: readonly unknown[]) => {
        started();
        return Reflect.apply(body.write, body, values) as boolean;
      },
      end: (...values: readonly unknown[]) => {
        const [whole] = values;
        if (
          !response.headersSent &&
          !response.hasHeader('content-length') &&
          (typeof whole === 'string' || whole instanceof Uint8Array)
        )
          response.setHeader('content-length', Buffer.byteLength(whole));
        started();
        response.finished = true;
        Reflect.apply(body.end, body, values);
        return response;
      },
      destroy: (error?: Error) => {
        response.destroyed = true;
        body.destroy(error);
        return response;
      },
    };
  }

  #responseOf(status: number): Response {
    const headers = Object.entries(this.response.getHeaders()).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    );
    return new PassedResponse(status, headers, this.#body);
  }
}

/** The headers among the parameters of `writeHead`: an object, pairs, or names and values in turn. */
function headersIn(parameters: readonly unknown[]): [string, OutgoingHttpHeader][] {
  const given = parameters.find((one) => typeof one === 'object' && one !== null) ?? {};
  if (!Array.isArray(given))
    return Object.entries(given).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
  const flat = given.flat();
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]!]] : []));
}
