import { summary, type Issue } from './issue';

/** The client's input does not fit: 422, or close code 1008 on a WebSocket. */
export class RequestValidationError extends Error {
  /** One for each place of the input that does not fit. */
  declare readonly issues: readonly Issue[];
  /** The parsed JSON, the text if it is not JSON, null without a body. */
  declare readonly body: unknown;

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
    // Logs print what can be enumerated, and these hold what a client sent: passwords, too.
    Object.defineProperties(this, { issues: { value: issues }, body: { value: body } });
  }
}
