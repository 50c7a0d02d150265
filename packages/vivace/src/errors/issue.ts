/** One problem in the input, as pydantic describes it. */
export interface Issue {
  /** What kind of problem it is, such as `int_parsing`. */
  readonly type: string;
  /** Where it is: `['body', 'items', 0, 'price']`. */
  readonly loc: readonly (string | number)[];
  /** What is wrong, in words. */
  readonly msg: string;
  /** The value that does not fit. */
  readonly input?: unknown;
  /** The values in the message, such as `{ ge: 1 }`. */
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** Issues as lines of text: `body.price: Input should be greater than 0`. */
export function summary(issues: readonly Issue[]): string {
  return issues.map((issue) => `${issue.loc.join('.')}: ${issue.msg}`).join('\n');
}
