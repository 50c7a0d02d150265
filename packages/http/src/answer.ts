import { UnexpectedAnswer, type CallName } from './errors';

/** What a service answered, read to its end. */
export class Answer {
  readonly #call: CallName;

  constructor(
    call: CallName,
    /** The status, 200 to 299 unless an error carries it. */
    readonly status: number,
    readonly headers: Headers,
    /** The body. */
    readonly bytes: Uint8Array,
  ) {
    this.#call = call;
  }

  /** The body as UTF-8. */
  text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  /**
   * The body parsed as JSON, not validated.
   *
   * @throws UnexpectedAnswer if it is none
   */
  json(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      throw new UnexpectedAnswer(this.#call, `its answer of ${this.status} is not JSON`);
    }
  }
}
