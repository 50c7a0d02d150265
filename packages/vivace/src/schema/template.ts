import type { TypeData } from '../reflect/type-data';
import { escaped } from './rules/texts';

/** The regular expression of a template literal type such as `` `item-${number}` ``. */
export function patternOf(type: Extract<TypeData, { tpl: unknown }>): RegExp {
  const source = type.tpl.map(
    (text, at) => escaped(text) + (type.of[at] === undefined ? '' : partOf(type.of[at])),
  );
  return new RegExp(`^${source.join('')}$`);
}

function partOf(type: TypeData): string {
  if (type === 'number') return '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
  if (type === 'bigint') return '-?\\d+';
  if (type === 'boolean') return '(?:true|false)';
  if (type === 'null' || type === 'undefined') return type;
  if (typeof type === 'object') {
    if ('lit' in type) return escaped(String(type.lit));
    if ('big' in type) return type.big;
    if ('union' in type) return `(?:${type.union.map(partOf).join('|')})`;
    if ('prim' in type) return type.tags?.['format'] === 'int' ? '-?\\d+' : partOf(type.prim);
    if ('tpl' in type)
      return type.tpl
        .map((text, at) => escaped(text) + (type.of[at] === undefined ? '' : partOf(type.of[at])))
        .join('');
  }
  return '[\\s\\S]*';
}
