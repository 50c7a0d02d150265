/** How the body of an answer is read where its media type does not say it. */
export type ResponseFormat = "arrayBuffer" | "blob" | "formData" | "json" | "text";

type GivenHeaders = NonNullable<RequestInit["headers"]>;

/** Headers of a request; those that the operation declares have its types. */
export type RequestHeaders<Declared extends object = Record<never, never>> =
  | GivenHeaders
  | (Partial<Declared> & { readonly [name: string]: unknown });

export interface FullRequestParams<Declared extends object = Record<never, never>>
  extends Omit<RequestInit, "body" | "headers"> {
  /** `true`: the `securityWorker` is asked before this request. */
  secure?: boolean;
  path: string;
  headers?: RequestHeaders<Declared>;
  /** Media type of the body; JSON by default. */
  type?: string;
  query?: object | undefined;
  format?: ResponseFormat;
  body?: unknown;
  baseUrl?: string;
  /** A name by which `abortRequest` ends the request. */
  cancelToken?: CancelToken;
}

export type RequestParams<Declared extends object = Record<never, never>> = Omit<
  FullRequestParams<Declared>,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  /** What every request begins with, such as headers. */
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  /** Gives what secured requests need, such as a token in their headers. */
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

/** An answer; requests that fail are rejected with it. */
export interface HttpResponse<D extends unknown, E extends unknown = unknown> extends Response {
  /** What was read of an answer below 300; nothing of a stream, which is in `body`. */
  data: D;
  /** What was read of any other answer. */
  error: E;
}

export type CancelToken = symbol | string | number;

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string;
  private securityData: SecurityDataType | null = null;
  private readonly config: ApiConfig<SecurityDataType>;
  private readonly abortControllers = new Map<CancelToken, AbortController>();

  constructor(config: ApiConfig<SecurityDataType> = {}) {
    this.config = config;
    this.baseUrl = config.baseUrl ?? "";
  }

  public setSecurityData = (data: SecurityDataType | null): void => {
    this.securityData = data;
  };

  public abortRequest = (cancelToken: CancelToken): void => {
    this.abortControllers.get(cancelToken)?.abort();
    this.abortControllers.delete(cancelToken);
  };

  public request = async <T = any, E = any>(
    request: FullRequestParams,
  ): Promise<HttpResponse<T, E>> => {
    const base = { credentials: "same-origin", ...this.config.baseApiParams } as const;
    const secured = request.secure ?? base.secure;
    const security = secured ? await this.config.securityWorker?.(this.securityData) : undefined;
    const { body, secure, path, type, query, format, baseUrl, cancelToken, headers, ...init } = {
      ...base,
      ...request,
      ...security,
    } as FullRequestParams;
    const root = (baseUrl ?? this.baseUrl).replace(/\/+$/, "");
    const abort = cancelToken === undefined ? undefined : this.abortController(cancelToken);
    const sent = bodyOf(body, type);
    try {
      const response = await (this.config.customFetch ?? fetch)(root + path + queryOf(query), {
        ...init,
        headers: headersOf(sent?.headers, base.headers, request.headers, security?.headers),
        ...(sent && { body: sent.body }),
        ...(abort && { signal: abort.signal }),
      });
      const read = await contentOf(response, format);
      const answer = Object.assign(response, {
        data: response.ok ? read : null,
        error: response.ok ? null : read,
      }) as HttpResponse<T, E>;
      if (!response.ok) throw answer;
      return answer;
    } finally {
      if (cancelToken !== undefined) this.abortControllers.delete(cancelToken);
    }
  };

  private abortController(cancelToken: CancelToken): AbortController {
    const controller = this.abortControllers.get(cancelToken) ?? new AbortController();
    this.abortControllers.set(cancelToken, controller);
    return controller;
  }
}

/** Values by their names, several of a list; what is null or undefined is not sent. */
function* pairsOf(values: object = {}): Generator<[name: string, value: unknown]> {
  for (const [name, value] of Object.entries(values))
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined && item !== null) yield [name, item];
}

const textOf = (value: unknown): string =>
  typeof value === "object" ? jsonOf(value) : String(value);

function queryOf(query?: object): string {
  const pairs = [...pairsOf(query)].map(([name, value]): [string, string] => [name, textOf(value)]);
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "";
}

/** JSON in which a bigint has all its digits. */
function jsonOf(value: unknown): string {
  const { rawJSON } = JSON as unknown as { readonly rawJSON?: (text: string) => unknown };
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "bigint" && rawJSON ? rawJSON(String(item)) : item,
  );
}

/** A whole number is a bigint where a number would have other digits than those that were sent. */
function parsed(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source ?? "";
    if (typeof value !== "number" || Number.isSafeInteger(value) || !/^-?\d+$/.test(source))
      return value;
    return String(value) === source ? value : BigInt(source);
  });
}

/** The last one that names a header decides. */
function headersOf(...all: readonly (RequestHeaders | undefined)[]): Headers {
  const headers = new Headers();
  for (const each of all) {
    const plain = Array.isArray(each) || each instanceof Headers;
    const given = plain ? [...new Headers(each as GivenHeaders)] : [...pairsOf(each)];
    for (const [name, value] of Object.entries(plain ? {} : (each ?? {})))
      if (Array.isArray(value) && value.length > 1)
        throw new TypeError(`${name}: fetch joins the items of a header, so that it can have one.`);
    for (const [name] of given) headers.delete(name);
    for (const [name, value] of given) headers.append(name, String(value));
  }
  return headers;
}

function bodyOf(
  body: unknown,
  type = "application/json",
): { readonly body: NonNullable<RequestInit["body"]>; readonly headers?: GivenHeaders } | undefined {
  if (body === undefined) return undefined;
  if (type === "multipart/form-data") return { body: formOf(body) };
  const headers = { "content-type": type };
  if (/[/+]json$/.test(type)) return { body: jsonOf(body), headers };
  if (type === "application/x-www-form-urlencoded" && !(body instanceof URLSearchParams))
    return { body: queryOf(body as object).slice(1), headers };
  return { body: body as NonNullable<RequestInit["body"]>, headers };
}

function formOf(body: unknown): FormData {
  if (body instanceof FormData) return body;
  const form = new FormData();
  for (const [name, value] of pairsOf(body as object))
    if (value instanceof Blob) form.append(name, value);
    else form.append(name, textOf(value));
  return form;
}

/** Errors, JSON and text are read by their media type, the rest where the operation says how. */
async function contentOf(response: Response, format?: ResponseFormat): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (format !== undefined && response.ok) return response.clone()[format]();
  if (/^application\/(?:[^;]*\+)?json\b(?!-)/.test(type)) {
    const text = await response.clone().text();
    return text === "" ? null : parsed(text);
  }
  return /^text\/(?!event-stream)/.test(type) ? response.clone().text() : null;
}
