import type { Problem } from './rule';

/** The ending of a noun after a number. */
export const plural = (count: number): string => (count === 1 ? '' : 's');

/** `'a', 'b' or 1`: the values that were expected, as pydantic lists them. */
export function listed(values: readonly unknown[]): string {
  const texts = values.map(quoted);
  return texts.length < 2
    ? (texts[0] ?? '')
    : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** A value as Python writes it. */
export function quoted(value: unknown): string {
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"')
      ? `"${value}"`
      : `'${value.replaceAll("'", "\\'")}'`;
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  return String(value);
}

/** What a `ValueError` of a validator looks like. */
export const valueError = (message: string): Problem => ({
  type: 'value_error',
  msg: `Value error, ${message}`,
  ctx: { error: {} },
});
