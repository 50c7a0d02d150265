import type { Node } from 'oxc-parser';
import type { Rule } from './rule';
import { valueOf } from '../syntax/constants';
import { callsOf, propertiesOf } from '../syntax/nodes';

/** Functions that sign or encrypt, and which argument is the secret. */
const SIGNING: Readonly<Record<string, (given: readonly Node[]) => Node | undefined>> = {
  sessions: ([options]) => propertiesOf(options).get('secret')?.value,
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
        const secret = secretOf(given);
        const all = secret?.type === 'ArrayExpression' ? secret.elements : [secret];
        for (const node of all) {
          if (!node || typeof valueOf(node, program) !== 'string') continue;
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
