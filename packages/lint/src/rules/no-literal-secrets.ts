import type { Node, Program } from 'oxc-parser';
import type { Rule } from './rule';
import { plain, valueOf } from '../syntax/constants';
import { callsOf, propertiesOf } from '../syntax/nodes';

/** Functions that sign or encrypt, and which argument is the secret. */
const SIGNING: Readonly<
  Record<string, (given: readonly Node[], program: Program) => Node | undefined>
> = {
  sessions: ([options], program) => propertiesOf(options, program).get('secret')?.value,
  signToken: ([, key]) => key,
  verifyToken: ([, key]) => key,
};

export const noLiteralSecrets: Rule = {
  about: 'A secret that signs does not stand in the program.',
  *find(program, file) {
    // A token that a test signs opens nothing.
    if (/\.(?:test|spec)\.\w+$/.test(file)) return;
    for (const [name, secretOf] of Object.entries(SIGNING)) {
      for (const { arguments: given } of callsOf(program, name)) {
        for (const node of alternativesOf(secretOf(given, program), program)) {
          if (typeof valueOf(node, program) !== 'string') continue;
          const seen = `The secret of ${name}() stands in the program, and whoever has read it can sign as well.`;
          yield {
            node,
            seen,
            write: 'a Secret of a settings class: settings.sessionSecret.reveal()',
          };
        }
      }
    }
  },
};

/** What a secret may be: each of a list, and `'dev'` of `process.env.SECRET ?? 'dev'`. */
function alternativesOf(node: Node | null | undefined, program: Program): readonly Node[] {
  const known = plain(node ?? undefined, program);
  switch (known?.type) {
    case 'ArrayExpression':
      return known.elements.flatMap((element) => alternativesOf(element, program));
    case 'LogicalExpression':
      return [known.left, known.right].flatMap((side) => alternativesOf(side, program));
    case 'ConditionalExpression':
      return [known.consequent, known.alternate].flatMap((side) => alternativesOf(side, program));
    default:
      return node ? [node] : [];
  }
}
