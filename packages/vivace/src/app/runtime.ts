import type { Runtime } from '../compile/runtime';
import { rawResponse } from '../http/raw-response';
import { streamResponse, valueResponse } from '../http/stream/stream';
import { Response } from '../responses/response';

/** What compiled functions take from a server. */
export function runtimeOf(singletons: Runtime['singletons'], rooms: unknown): Runtime {
  return {
    singletons,
    rooms,
    Response,
    respond: valueResponse,
    raw: rawResponse,
    stream: streamResponse,
  };
}
