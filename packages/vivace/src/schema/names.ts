import type { ModelOptions } from '../declare/options/model-options';

/** The words of a name: split at `_` and capitals, `itemId` and `item_id` alike. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .split('_')
    .filter((word) => word !== '');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `Item Id` for `item_id` and `itemId`; other signs stay, and a letter after one is a capital: `Item-Query`, `$Ref`, `Line2A`. */
export function titleOf(name: string): string {
  return wordsOf(name)
    .join(' ')
    .replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/** `x_token` and `xToken` are the header `x-token`. */
export function headerName(name: string): string {
  return name
    .replaceAll('_', '-')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase();
}

/** How a DTO writes the names of its fields on the wire. */
export function wireName(alias: ModelOptions['alias'], field: string): string {
  if (alias === undefined) return field;
  if (typeof alias === 'function') return alias(field);
  const words = wordsOf(field).map((word) => word.toLowerCase());
  if (alias === 'snake') return words.join('_');
  const pascal = words.map(capital).join('');
  return alias === 'pascal' ? pascal : pascal.charAt(0).toLowerCase() + pascal.slice(1);
}
