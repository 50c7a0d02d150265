import type { Arguments } from './constraint-metadata';

/** A message of class-validator's decorators. */
export type Template = string | ((args: Arguments) => string);

/** A message with its tokens replaced; values are text, so `$&` in them means nothing. */
export function expand(message: Template, args: Arguments): string {
  const text = typeof message === 'function' ? message(args) : message;
  return text
    .replace(/\$constraint(\d+)/g, (token, at: string) =>
      Number(at) <= args.constraints.length ? shown(args.constraints[Number(at) - 1]) : token,
    )
    .replace(/\$value/g, (token) =>
      ['string', 'number', 'boolean'].includes(typeof args.value) ? String(args.value) : token,
    )
    .replace(/\$property/g, () => args.property)
    .replace(/\$target/g, () => args.targetName);
}
const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'symbol'
      ? (value.description ?? '')
      : String(value);
