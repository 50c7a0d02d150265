import type { Rule } from './rule';
import { nodesOf } from '../syntax/nodes';

const KEY = new RegExp(
  [
    '-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----',
    String.raw`\b(?:AKIA|ASIA)[A-Z\d]{16}\b`,
    String.raw`\b[rs]k_live_\w{16}`,
    String.raw`\bgh[oprsu]_\w{36}`,
    String.raw`\bgithub_pat_\w{22}`,
    String.raw`\bglpat-[\w-]{20}`,
    String.raw`\bnpm_\w{36}`,
    String.raw`\bxox[abprs]-\d[\w-]{10}`,
    String.raw`\bAIza[\w-]{35}`,
  ].join('|'),
);

export const noKeys: Rule = {
  about: 'No key stands in the program.',
  *find(program) {
    for (const node of nodesOf(program)) {
      const text =
        node.type === 'TemplateElement'
          ? node.value.raw
          : node.type === 'Literal'
            ? node.value
            : undefined;
      if (typeof text !== 'string' || !KEY.test(text)) continue;
      yield {
        node,
        seen: 'A key stands in the program.',
        write: 'a Secret of a settings class, and a new key: this one is known',
      };
    }
  },
};
