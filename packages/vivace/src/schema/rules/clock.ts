import type { TextFormat } from '../../declare/class';
import { formatOf } from '../kinds';
import type { Rule, Rules } from './rule';
import { orderOf } from './temporal-order';

/** Whether it is before or after the time of the check; a day is past when it is over in UTC. */
function clock(side: 'past' | 'future'): Rule<[format: TextFormat | undefined]> {
  return {
    fits: (schema) => ['date', 'date-time'].includes(formatOf(schema) ?? ''),
    option: side,
    args: (options, schema) => (options[side] === true ? [formatOf(schema)] : undefined),
    test: (value, [format]) => {
      const now = orderOf(new Date(), format);
      const at = orderOf(value, format);
      return side === 'past' ? at < now : at > now;
    },
    explain: ([format]) =>
      format === 'date'
        ? { type: `date_${side}`, msg: `Date should be in the ${side}` }
        : { type: `datetime_${side}`, msg: `Input should be in the ${side}` },
  };
}

const OFFSET = /(?:z|[+\u2212-]\d\d:?\d\d)$/i;

/** Limits of dates and times by the clock, and whether they say their offset. */
export const clocks = {
  past: clock('past'),
  future: clock('future'),
  offset: {
    for: ['string'],
    fits: (schema) => ['time', 'date-time'].includes(formatOf(schema) ?? ''),
    option: 'offset',
    test: (value, [wanted]) => OFFSET.test(String(value)) === wanted,
    explain: ([wanted]) =>
      wanted === true
        ? { type: 'timezone_aware', msg: 'Input should have timezone info' }
        : { type: 'timezone_naive', msg: 'Input should not have timezone info' },
  },
} satisfies Rules;
