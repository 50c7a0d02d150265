import type { FastifyReply } from 'fastify';
import { Reply } from '../declare/context-classes';
import {
  deleteCookieText,
  setCookieText,
  type CookieOptions,
  type DeleteCookieOptions,
} from '../responses/cookie';

/** What a handler says of the response that its value becomes. */
export class OutgoingReply extends Reply {
  #status: number | undefined;
  #headers: Headers | undefined;

  readonly #defaultStatus: number;

  constructor(
    override readonly fastify: FastifyReply,
    defaultStatus: number,
  ) {
    super();
    this.#defaultStatus = defaultStatus;
  }

  override get status(): number {
    return this.#status ?? this.#defaultStatus;
  }
  override set status(status: number) {
    this.#status = status;
  }
  override get headers(): Headers {
    return (this.#headers ??= new Headers());
  }

  override setCookie(name: string, value: string, options?: CookieOptions): void {
    this.headers.append('set-cookie', setCookieText(name, value, options));
  }
  override deleteCookie(name: string, options?: DeleteCookieOptions): void {
    this.headers.append('set-cookie', deleteCookieText(name, options));
  }

  /** The headers that were set, if any. */
  get written(): Headers | undefined {
    return this.#headers;
  }
}
