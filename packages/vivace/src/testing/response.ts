import { setCookiesOf } from './cookies';
import { parseEvents, type ReceivedEvent } from './events';

/** What the application answered. */
export interface TestResponse {
  /** The status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** The body as text. */
  readonly text: string;
  /** The body. */
  readonly body: Uint8Array;
  /** The cookies that it sets, by name. */
  readonly cookies: Readonly<Record<string, string>>;
  /** The body as JSON, with the type you expect. */
  json<T = unknown>(): T;
  /** The events of a server-sent stream. */
  events(): ReceivedEvent[];
}

export class Answer implements TestResponse {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly url: string,
    readonly body: Uint8Array,
  ) {}

  get text(): string {
    return new TextDecoder().decode(this.body);
  }

  get cookies(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      setCookiesOf(this.headers).map(({ name, value }) => [name, value ?? '']),
    );
  }

  json<T = unknown>(): T {
    try {
      return JSON.parse(this.text) as T;
    } catch (cause) {
      throw new Error(
        `The answer ${this.status} of ${this.url} is not JSON: ${JSON.stringify(this.text.slice(0, 200))}`,
        { cause },
      );
    }
  }

  events(): ReceivedEvent[] {
    return parseEvents(this.text);
  }
}
