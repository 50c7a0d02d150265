import type { Rules, Type } from '../description';
import type { Draw } from './draw';

/** Constraints that a type may have. */
export function rulesFor(draw: Draw, type: Type): Rules {
  const name = type.kind === 'scalar' ? type.name : type.kind;
  switch (name) {
    case 'int':
    case 'bigint':
      return someOf(draw, { gt: 0, ge: 1, lt: 100, le: 42, multipleOf: draw.pick(2, 5) });
    case 'number':
      return someOf(draw, {
        gt: -0.5,
        ge: 0,
        lt: 1e6,
        le: 99.5,
        multipleOf: draw.pick(0.1, 0.5, 0.01, 2),
      });
    case 'decimal':
      return someOf(draw, {
        gt: 0,
        ge: 1,
        lt: 100,
        le: 42,
        multipleOf: draw.pick(0.5, 2),
        maxDigits: 3,
        decimalPlaces: 1,
      });
    case 'string':
      return someOf(draw, {
        minLength: draw.pick(1, 3),
        maxLength: draw.pick(3, 5),
        pattern: '^[a-c]+$',
      });
    case 'list':
    case 'set':
    case 'record':
      return someOf(draw, { minLength: draw.pick(1, 2), maxLength: draw.pick(2, 3) });
    default:
      return {};
  }
}

function someOf(draw: Draw, rules: Rules): Rules {
  const names = draw.some(1, Object.keys(rules) as (keyof Rules)[]).slice(0, 2);
  return Object.fromEntries(names.map((name) => [name, rules[name]]));
}
