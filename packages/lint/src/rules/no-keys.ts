import type { Rule } from './rule';
import { nodesOf } from '../syntax/nodes';

const KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\b(?:AKIA|ASIA)[A-Z\d]{16}\b|\bsk_live_\w{16}/;

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
