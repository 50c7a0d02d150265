import { lookup } from 'mime-types';
import { Readable } from 'node:stream';
import type { Override } from '../declare/provide';

type Scalar = string | number | boolean;

/** A file of a form. */
export interface TestFile {
  /** Its name. */
  filename: string;
  /** Its content. */
  content: string | Uint8Array;
  /**
   * Its media type.
   * @default that of its name
   */
  contentType?: string;
}

/** What a request sends; at most one of `json`, `form` with `files`, and `body`. */
export interface RequestOptions {
  /** The query; a list gives a name several times. */
  readonly params?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
  /** Headers beside those of the client. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies beside those of the client. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** A body that is sent as JSON. */
  readonly json?: unknown;
  /** The fields of a form. */
  readonly form?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  /** The files of a multipart form. */
  readonly files?: Readonly<Record<string, TestFile | readonly TestFile[]>>;
  /** A body as it is, also piece by piece. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** Name and password of HTTP Basic. */
  readonly auth?: readonly [username: string, password: string];
  /**
   * Whether redirects are followed.
   * @default that of the client
   */
  readonly followRedirects?: boolean;
  /** The client leaves when it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * Substitutes for this request alone; singletons that they do not concern are those of the
   * client.
   */
  readonly overrides?: readonly Override[];
}

/** A body with the content type that belongs to it. */
export interface Payload {
  readonly content: Buffer | Readable;
  readonly type?: string;
}

/** The body that the options describe; at most one of `json`, `form` with `files`, and `body`. */
export async function payloadOf({
  json,
  form,
  files,
  body,
}: RequestOptions): Promise<Payload | undefined> {
  const given = [
    json !== undefined,
    form !== undefined || files !== undefined,
    body !== undefined,
  ].filter(Boolean);
  if (given.length > 1)
    throw new TypeError('A request has one body: json, form with files, or body.');
  if (json !== undefined)
    return { content: Buffer.from(JSON.stringify(json)), type: 'application/json' };
  if (files !== undefined) return multipart(form ?? {}, files);
  if (form !== undefined)
    return {
      content: Buffer.from(queryOf(form).toString()),
      type: 'application/x-www-form-urlencoded',
    };
  if (body === undefined) return undefined;
  return {
    content:
      typeof body === 'string' || body instanceof Uint8Array
        ? Buffer.from(body)
        : Readable.from(bytesOf(body), { objectMode: false }),
  };
}

/** The address with the values of `params` added to its query. */
export function addressOf(url: string, base: string, params: RequestOptions['params'] = {}): URL {
  const address = new URL(url, base);
  for (const [name, value] of queryOf(params)) address.searchParams.append(name, value);
  return address;
}

/** Headers in lower case; those further right win. */
export function headersOf(
  ...all: readonly Readonly<Record<string, string | undefined>>[]
): Record<string, string> {
  const entries = all
    .flatMap((headers) => Object.entries(headers))
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

export function authorizationOf(auth: RequestOptions['auth']): string | undefined {
  return auth === undefined ? undefined : `Basic ${Buffer.from(auth.join(':')).toString('base64')}`;
}

function queryOf(values: NonNullable<RequestOptions['params']>): URLSearchParams {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    listOf(value).map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs);
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

async function multipart(
  form: NonNullable<RequestOptions['form']>,
  files: NonNullable<RequestOptions['files']>,
): Promise<Payload> {
  const data = new FormData();
  for (const [name, value] of queryOf(form)) data.append(name, value);
  for (const [name, given] of Object.entries(files)) {
    for (const { filename, content, contentType } of listOf(given)) {
      const type = contentType ?? (lookup(filename) || 'application/octet-stream');
      data.append(name, new Blob([content as string], { type }), filename);
    }
  }
  const written = new globalThis.Response(data);
  return {
    content: Buffer.from(await written.arrayBuffer()),
    type: written.headers.get('content-type')!,
  };
}

async function* bytesOf(
  pieces: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
