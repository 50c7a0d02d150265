/** A mistake that the user can mend: shown without a trace. */
export class UserError extends Error {
  /** Whether the command itself was called in a wrong way. */
  readonly usage: boolean;

  /**
   * @param message what was seen
   * @param advice what to do, if that is not plain
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
