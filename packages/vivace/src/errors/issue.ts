/** One problem in the input, as pydantic describes it. */
export interface Issue {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input?: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** Issues as lines of text: `body.price: Input should be greater than 0`. */
export function summary(issues: readonly Issue[]): string {
  return issues.map((issue) => `${issue.loc.join('.')}: ${issue.msg}`).join('\n');
}
