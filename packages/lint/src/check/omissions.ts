import { callsOf, nodesOf, propertiesOf } from '../syntax/nodes';
import type { Finding } from './finding';
import type { Source } from './source';

/** Finds what is missing in all files of the application. */
export function omissions(sources: readonly Source[]): readonly Finding[] {
  const applications = sources.flatMap(({ place, program, lineAt }) =>
    [...nodesOf(program)].flatMap((node) =>
      node.type === 'NewExpression' &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'Vivace'
        ? [
            {
              place: `${place}:${lineAt(node.start)}`,
              options: propertiesOf(node.arguments[0], program),
            },
          ]
        : [],
    ),
  );
  const [first] = applications;
  if (first === undefined) return [];
  const { place } = first;
  const isLimited = sources.some(({ program }) => !callsOf(program, 'rateLimit').next().done);
  const isDecided = applications.some(({ options }) => options.has('docs'));
  return [
    ...(isLimited
      ? []
      : [
          {
            place,
            seen: 'Nothing limits how often a client asks.',
            write: 'middleware: [rateLimit({ limit: 100, seconds: 60 })]',
          },
        ]),
    ...(isDecided
      ? []
      : [
          {
            place,
            seen: 'The documentation is public.',
            write: 'docs: false in production, or docs: {} if anybody may read it',
          },
        ]),
  ];
}
