import type { Rule } from './rule';
import { valueOf } from '../syntax/constants';
import { callsOf, propertiesOf } from '../syntax/nodes';

/** The longest life of a token in minutes: a stolen one should soon be useless. */
const LONGEST = 60;

export const shortTokens: Rule = {
  about: `A token is good for ${LONGEST} minutes at most.`,
  *find(program) {
    for (const { arguments: given } of callsOf(program, 'signToken')) {
      const node = propertiesOf(given[2], program).get('seconds');
      const seconds = valueOf(node?.value, program);
      if (!node || typeof seconds !== 'number' || seconds <= LONGEST * 60) continue;
      const seen = `A token is good for ${Math.round(seconds / 60)} minutes, and so is a stolen one.`;
      yield {
        node,
        seen,
        write: 'a short one, and refresh tokens: RefreshTokens of vivace/security',
      };
    }
  },
};
