import { declareResponseClass } from './response-class';
import {
  deleteCookieText,
  setCookieText,
  type CookieOptions,
  type DeleteCookieOptions,
} from './cookie';
import type { ChunkSequence } from './chunks';

/** Status, headers and media type of a response. */
export interface ResponseOptions {
  /**
   * The status.
   * @default 200, or that of the class
   */
  readonly status?: number;
  /** Its headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The media type of the content.
   * @default that of the class
   */
  readonly media?: string;
}

/** A file that the server reads, with ranges and validators. */
export interface FileContent {
  readonly path: string;
  /** What the media type is told from. */
  readonly name: string;
}

/** What the server sends: all of it, chunks, or a file. */
export type Content = string | Uint8Array | ChunkSequence<string | Uint8Array> | FileContent;

/** The method by which the server takes the content of a response. */
export const CONTENT = Symbol('content');
/** The method by which the server looks at the headers of a response, which may not be made for it. */
export const HEAD = Symbol('head');
/** Where the server notes whose a response is: in it, since a map of all would cost each request more than all else about them. */
export const OWNERSHIP = Symbol('ownership');

/** Of a response: its headers, or its type where it has no other header. */
export type Head = Headers | string | null;

/** The request that a response was given to first, and what it said by then. */
export interface Ownership {
  readonly owner: object;
  readonly status: number;
  readonly head: Head;
}

/** What a header may be without being looked at more closely. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A response that is sent as it is, without a response model.
 *
 * @param content text, bytes or nothing
 * @param options status, headers and media type
 * @throws TypeError when it is sent with a content that is neither text nor bytes
 * @example return new Response(pdf, { media: 'application/pdf' });
 */
export class Response {
  /**
   * The media type in answers and documents; null for a response without content. A charset is
   * added to `text/*` only.
   */
  static readonly media: string | null = null;

  /** The status. */
  status: number;
  readonly #content: unknown;
  #rendered: string | Uint8Array | undefined;
  readonly #type: string | null;
  /** Made when somebody asks for them: most responses have a type and nothing else. */
  #headers: Headers | undefined;
  #ownership: Ownership | undefined;

  constructor(content?: unknown, options: ResponseOptions = {}) {
    this.#content = content;
    this.status = options.status ?? 200;
    const media = options.media ?? new.target.media;
    this.#type = media === null ? null : contentType(media);
    // What cannot stand in a header is refused here.
    if (options.headers !== undefined || (this.#type !== null && !PLAIN.test(this.#type)))
      this.#headers = headersOf(this.#type, options.headers);
  }

  /** The headers. */
  get headers(): Headers {
    return (this.#headers ??= headersOf(this.#type));
  }

  /**
   * Sets a cookie.
   *
   * @throws RangeError for a cookie that browsers drop: of more than 4096 bytes, or `sameSite: 'none'`
   *   without `secure`
   */
  setCookie(name: string, value: string, options?: CookieOptions): void {
    this.headers.append('set-cookie', setCookieText(name, value, options));
  }

  /** Makes the client forget a cookie; `options` are those that it was set with. */
  deleteCookie(name: string, options?: DeleteCookieOptions): void {
    this.headers.append('set-cookie', deleteCookieText(name, options));
  }

  /** Makes text or bytes of the content: override it in a class of your own. */
  protected render(content: unknown): string | Uint8Array {
    if (content === undefined || content === null) return '';
    if (typeof content === 'string' || content instanceof Uint8Array) return content;
    throw new TypeError(
      `${this.constructor.name} sends text or bytes, not ${describeValue(content)}: use JSONResponse, or override render().`,
    );
  }

  [CONTENT](): Content {
    return (this.#rendered ??= this.render(this.#content));
  }

  [HEAD](): Head {
    return this.#headers ?? this.#type;
  }

  get [OWNERSHIP](): Ownership | undefined {
    return this.#ownership;
  }
  set [OWNERSHIP](ownership: Ownership | undefined) {
    this.#ownership = ownership;
  }
}

declareResponseClass(Response, { status: 200, stream: undefined, json: false });

function headersOf(type: string | null, said?: ResponseOptions['headers']): Headers {
  const headers = new Headers(said);
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  return headers;
}

/** A media type as it stands in the header `content-type`. */
export function contentType(media: string): string {
  return media.startsWith('text/') && !/charset=/i.test(media) ? `${media}; charset=utf-8` : media;
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const type = value.constructor?.name ?? 'Object';
  return type === 'Object' ? 'an object' : `an instance of ${type}`;
}
