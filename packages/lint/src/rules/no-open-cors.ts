import type { Rule } from './rule';
import { valueOf } from '../syntax/constants';
import { callsOf, propertiesOf } from '../syntax/nodes';

export const noOpenCors: Rule = {
  about: 'Cross-origin requests are allowed to origins by name.',
  *find(program) {
    for (const node of callsOf(program, 'cors')) {
      const [options] = node.arguments;
      const origins = valueOf(propertiesOf(options, program).get('origins')?.value, program);
      if (
        options !== undefined &&
        origins !== '*' &&
        !(Array.isArray(origins) && origins.includes('*'))
      )
        continue;
      yield {
        node,
        seen: 'Every web page may call the application.',
        write: "cors({ origins: ['https://shop.example'] })",
      };
    }
  },
};
