import { operationsOf } from '../syntax/request-functions';
import type { Rule } from './rule';
import { keyOf } from '../syntax/nodes';

const CHANGING =
  /^(?:create|add|insert|update|change|set|delete|remove|destroy|save|store)(?![a-z])/;

export const noChangingGet: Rule = {
  about: 'A method of @Get is not named as if it changed something.',
  *find(program) {
    for (const method of operationsOf(program, new Set(['Get']))) {
      const name = keyOf(method) ?? '';
      if (!CHANGING.test(name)) continue;
      const seen = `${name} is answered to GET, which browsers, proxies and crawlers repeat as they like.`;
      yield { node: method.key, seen, write: '@Post, @Put, @Patch or @Delete' };
    }
  },
};
