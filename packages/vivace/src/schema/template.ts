import type { TypeData } from '../reflect/type-data';
import { escaped } from './rules/texts';
import { anyText, either, literal, type Matcher, number, sequence, whole } from './matcher';

type Template = Extract<TypeData, { tpl: unknown }>;

/** What a part of a template literal type may be: as a regular expression, and as a matcher. */
interface Part {
  readonly source: string;
  readonly match: Matcher;
  /** How many of its parts may be of any length. */
  readonly unbounded: number;
}

/** The regular expression of a template literal type such as `` `item-${number}` ``. */
export function patternOf(type: Template): RegExp {
  const { source, match, unbounded } = partsOf(type);
  const all = `^${source}$`;
  return unbounded > 1 ? new LinearPattern(all, match) : new RegExp(all);
}

/** Parts that may both be of any length share a text in many ways, which a regular expression would try one after the other. */
class LinearPattern extends RegExp {
  readonly #match: Matcher;

  constructor(source: string, match: Matcher) {
    super(source);
    this.#match = match;
  }

  override test(text: string): boolean {
    const starts = new Uint8Array(text.length + 1);
    starts[0] = 1;
    return this.#match(text, starts)[text.length] === 1;
  }
}

function partsOf({ tpl, of }: Template): Part {
  const parts = tpl.flatMap((text, at) => [
    fixed(text),
    ...(of[at] === undefined ? [] : [partOf(of[at])]),
  ]);
  return {
    source: parts.map(({ source }) => source).join(''),
    match: sequence(...parts.map(({ match }) => match)),
    unbounded: unboundedOf(parts),
  };
}

function partOf(type: TypeData): Part {
  if (type === 'number') return NUMBER;
  if (type === 'bigint') return WHOLE;
  if (type === 'boolean') return oneOf([fixed('true'), fixed('false')]);
  if (type === 'null' || type === 'undefined') return fixed(type);
  if (typeof type === 'object') {
    if ('lit' in type) return fixed(String(type.lit));
    if ('big' in type) return fixed(type.big);
    if ('union' in type) return oneOf(type.union.map(partOf));
    if ('prim' in type) return type.tags?.['format'] === 'int' ? WHOLE : partOf(type.prim);
    if ('tpl' in type) return partsOf(type);
  }
  return { source: '[\\s\\S]*', match: anyText, unbounded: 1 };
}

const NUMBER: Part = {
  source: '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?',
  match: number,
  unbounded: 1,
};
const WHOLE: Part = { source: '-?\\d+', match: whole, unbounded: 1 };

const fixed = (text: string): Part => ({
  source: escaped(text),
  match: literal(text),
  unbounded: 0,
});

const oneOf = (parts: readonly Part[]): Part => ({
  source: `(?:${parts.map(({ source }) => source).join('|')})`,
  match: either(...parts.map(({ match }) => match)),
  unbounded: unboundedOf(parts),
});

const unboundedOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { unbounded }) => sum + unbounded, 0);
