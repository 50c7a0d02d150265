import type { ThrownDocs } from '../declare/value-facts';
import type { ErrorAnswer } from './error-schemas';
import { defined } from './merge';
import { phraseOf } from './responses';

type Tree = Record<string, unknown>;

/** What an operation may answer instead of its success. */
export interface Errors {
  /** What the program describes itself, by status or range. */
  readonly described: Readonly<Record<string, Tree | undefined>>;
  /** What it says that it throws, and what the middleware around it does. */
  readonly thrown: readonly Readonly<Record<number, ThrownDocs>>[];
  /** Whether there is anything that may not fit. */
  readonly takesInput: boolean;
}
export interface ErrorWriter {
  /** The answer to input that does not fit, and that to an error which the program throws. */
  readonly invalid: ErrorAnswer;
  readonly thrown: ErrorAnswer;
  /** Told when an operation gives one of them. */
  useAnswer(answer: ErrorAnswer): void;
}

/** The answers to errors that the program does not describe itself. */
export function errorsOf(
  { described, thrown, takesInput }: Errors,
  writer: ErrorWriter,
): Record<string, Tree> {
  const errors: Record<string, Tree> = {};
  const invalid =
    takesInput && ['422', '4XX', 'default'].every((status) => described[status] === undefined);
  if (invalid)
    errors['422'] = {
      description: 'Validation Error',
      content: contentOf([writer.invalid], writer),
    };
  for (const status of new Set(thrown.flatMap(Object.keys))) {
    if (described[status] !== undefined) continue;
    const all = thrown.flatMap((one) => one[Number(status)] ?? []);
    const texts = [...new Set(all.flatMap(({ description }) => description ?? []))];
    const shared = invalid && status === '422';
    // A bare 422 is the answer to input that does not fit.
    if (shared && texts.length === 0) continue;
    const headers = Object.assign({}, ...all.map((one) => one.headers)) as Tree;
    const range = (described[`${status[0]}XX`] ?? described['default'])?.['content'];
    errors[status] = {
      description:
        (shared ? ['Validation Error', ...texts] : texts).join(', or: ') || phraseOf(status),
      ...defined({ headers: Object.keys(headers).length > 0 ? headers : undefined }),
      content:
        range ?? contentOf(shared ? [writer.invalid, writer.thrown] : [writer.thrown], writer),
    };
  }
  return errors;
}

function contentOf(answers: readonly ErrorAnswer[], writer: ErrorWriter): Tree {
  for (const answer of answers) writer.useAnswer(answer);
  const refs = [...new Set(answers.map(({ ref }) => ref))].map(($ref) => ({ $ref }));
  return { [answers[0]!.media]: { schema: refs.length === 1 ? refs[0] : { anyOf: refs } } };
}
