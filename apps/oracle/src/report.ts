import type { Disagreement, Trial } from './trial';

/** A disagreement as it is read: its subject, both answers, and what they differ in. */
export function shown<S>(found: Disagreement<S>, trial: Pick<Trial<S>, 'text'>): string {
  const { subject, differences, ours, theirs } = found;
  return [
    trial.text(subject),
    '',
    ...(differences.length > 3 ? [] : [`Vivace: ${brief(ours)}`, `other:  ${brief(theirs)}`]),
    ...differences.map(
      (each) => `at ${each.path}: ${brief(each.ours)} instead of ${brief(each.theirs)}`,
    ),
  ].join('\n');
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 600 ? `${text.slice(0, 600)} …` : text;
}

/** What disagreements of one kind have in common. */
export function kindOf({ differences }: Disagreement): string {
  const kinds = differences.map(({ path, ours, theirs }) => {
    const [first = ''] = path.split(/[./]/);
    return `${first} ${sort(ours)} ${sort(theirs)}`;
  });
  return [...new Set(kinds)].toSorted().join('; ');
}

function sort(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  const { type, msg } = value as { type?: unknown; msg?: unknown };
  return typeof type === 'string'
    ? `${type} ${String(msg).slice(0, 60)}`
    : Object.keys(value).join();
}
