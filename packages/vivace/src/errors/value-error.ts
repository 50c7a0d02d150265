/**
 * What a `@FieldValidator` or `@ModelValidator` throws to refuse a value.
 *
 * @param message what is wrong, as the client reads it
 * @param options.type the type of the issue, whose message then stands without `Value error, `
 * @param options.context the `ctx` of the issue
 * @example
 * throw new ValueError('this name is taken', { type: 'name_taken', context: { name } })
 */
export class ValueError extends Error {
  /** The type of the issue. */
  readonly type: string;
  /** The `ctx` of the issue. */
  readonly context: Readonly<Record<string, unknown>> | undefined;

  constructor(
    message: string,
    options: ErrorOptions & {
      readonly type?: string;
      readonly context?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    const { type = 'value_error', context, ...rest } = options;
    super(message, rest);
    this.name = 'ValueError';
    this.type = type;
    this.context = context;
  }
}
