import type { ServerResponse } from 'node:http';
import { streamOf } from './stream/chunk-stream';
import { clientDisconnected } from './stream/client-disconnected';

/** The signal of a request: aborted when its client leaves before the answer is whole, and when its time is up. */
export class RequestSignal {
  readonly #controller = new AbortController();
  #signal = this.#controller.signal;

  /** @param aborted why it is aborted already, if it is */
  constructor(response: ServerResponse, aborted: { readonly error: unknown } | undefined) {
    const abort = (): void => {
      if (!response.writableFinished || streamOf(response)?.whole === false)
        this.abort(clientDisconnected());
    };
    if (aborted !== undefined) this.abort(aborted.error);
    else if (response.closed) abort();
    else response.once('close', abort);
  }

  get current(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Lets another signal, too, end what belongs to the request. */
  endWith(signal: AbortSignal): void {
    this.#signal = AbortSignal.any([this.#signal, signal]);
  }
}
