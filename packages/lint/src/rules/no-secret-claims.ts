import type { Rule } from './rule';
import { callsOf, propertiesOf } from '../syntax/nodes';

const SECRET = /(?:password|secret|private_?key|api_?key)(?:_?hash)?$/i;
/** `hasPassword` tells nothing of it. */
const SAID_OF_IT = /^(?:has|is|must|needs)(?:_|[A-Z])/;

export const noSecretClaims: Rule = {
  about: 'A token has no claim that is a secret.',
  *find(program) {
    for (const {
      arguments: [claims],
    } of callsOf(program, 'signToken')) {
      for (const [name, node] of propertiesOf(claims, program)) {
        if (!SECRET.test(name) || SAID_OF_IT.test(name)) continue;
        yield {
          node,
          seen: `The claim '${name}' can be read by whoever holds the token: it is signed, not encrypted.`,
          write: 'leave it out',
        };
      }
    }
  },
};
