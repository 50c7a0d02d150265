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

/** Characters of one name, and of one message. */
const NAME = 100;
const MESSAGE = 2048;
/** Parts of one place, and issues of one summary. */
const PARTS = 20;
const ISSUES = 100;

/** Issues as lines of text: `body.price: Input should be greater than 0`. */
export function summary(issues: readonly Issue[]): string {
  const lines = issues
    .slice(0, ISSUES)
    .map((issue) => `${shortLoc(issue.loc).join('.')}: ${shortText(issue.msg, MESSAGE)}`);
  if (issues.length > ISSUES) lines.push(`… and ${issues.length - ISSUES} more`);
  return lines.join('\n');
}

/** A place whose names are a client's, and may be of any length and depth. */
export function shortLoc(loc: Issue['loc']): Issue['loc'] {
  if (loc.length <= PARTS && loc.every((part) => typeof part === 'number' || part.length <= NAME))
    return loc;
  const parts =
    loc.length <= PARTS ? loc : [...loc.slice(0, PARTS / 2), '…', ...loc.slice(1 - PARTS / 2)];
  return parts.map((part) => (typeof part === 'string' ? shortText(part, NAME) : part));
}

/** A text that may quote what a client sent. */
export function shortText(text: string, limit = MESSAGE): string {
  return text.length <= limit ? text : `${text.slice(0, limit).toWellFormed()}…`;
}
