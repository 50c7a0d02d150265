import { pythonOf } from './render/python';
import { typescriptOf } from './render/typescript';
import type { Disagreement } from './trial';

/** A disagreement as it is read: both programs, the request, both answers, and what they differ in. */
export function shown({ program, differences, ours, theirs }: Disagreement): string {
  const { operations } = program;
  const requests = operations.flatMap(({ method, requests }) =>
    requests.map((request) => `${method} ${JSON.stringify(request)}`),
  );
  const isDocument = requests.length === 0;
  return [
    withoutImports(typescriptOf(program)),
    withoutImports(pythonOf(program)),
    ...requests,
    ...(isDocument
      ? []
      : [`Vivace:  ${JSON.stringify(ours)}`, `FastAPI: ${JSON.stringify(theirs)}`]),
    ...differences.map(
      (each) =>
        `at ${each.path}: ${JSON.stringify(each.ours)} instead of ${JSON.stringify(each.theirs)}`,
    ),
  ].join('\n');
}

function withoutImports(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(import|from|export) /.test(line))
    .join('\n')
    .trim();
}

/** What disagreements of one kind have in common. */
export function kindOf({ differences }: Disagreement): string {
  return differences
    .map(
      ({ path, ours, theirs }) =>
        `${path.replaceAll(/\d+/g, '#').split(/[./]/).length > 2 ? 'inside' : path} ${brief(ours)} ${brief(theirs)}`,
    )
    .toSorted()
    .join('; ');
}

function brief(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  const { type, msg } = value as { type?: unknown; msg?: unknown };
  return typeof type === 'string'
    ? `${type} ${String(msg).slice(0, 60)}`
    : Object.keys(value).join();
}
