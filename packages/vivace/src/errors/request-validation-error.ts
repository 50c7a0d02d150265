import { summary, type Issue } from './issue';

/** The client's input does not fit: 422, or close code 1008 on a WebSocket. */
export class RequestValidationError extends Error {
  // Logs print what can be enumerated, and these hold what a client sent: passwords, too.
  readonly #issues: readonly Issue[];
  readonly #body: unknown;

  /**
   * @param issues one for each place of the input that does not fit
   * @param body the parsed JSON, the text if it is not JSON, null without a body
   * @param operation method, path, handler and file of the path operation, for logs
   */
  constructor(
    issues: readonly Issue[],
    body: unknown = null,
    readonly operation?: string,
  ) {
    super(summary(issues));
    this.name = 'RequestValidationError';
    this.#issues = issues;
    this.#body = body;
  }

  /** One for each place of the input that does not fit. */
  get issues(): readonly Issue[] {
    return this.#issues;
  }
  /** The parsed JSON, the text if it is not JSON, null without a body. */
  get body(): unknown {
    return this.#body;
  }
}
