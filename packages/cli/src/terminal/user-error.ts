/** A mistake that the user can correct. It is shown without a stack trace. */
export class UserError extends Error {
  /** Whether the command was called incorrectly (exit code 2). */
  readonly usage: boolean;

  /**
   * @param message what was seen
   * @param advice what to do, where the message does not say it
   */
  constructor(
    message: string,
    readonly advice?: string,
    options: ErrorOptions & { readonly usage?: boolean } = {},
  ) {
    super(message, options);
    this.usage = options.usage ?? false;
  }
}
