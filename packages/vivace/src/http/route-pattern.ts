import type { PathRules } from './path-reader';

/** A part of a path of Fastify, or a literal text between two. */
const PART = /(::|:\w+(?:\([^)]*\))?\??|\*$)/;

/**
 * What a path of Fastify matches, as its router reads it. Parameters of Fastify's paths: `:name`, `:name(pattern)`, and `*` at the end.
 *
 * Of several parameters in one segment none but the first holds what stands before it, as in the router: so there are not many ways
 * to share a segment between them, which clients could make long.
 */
export function patternOf(
  url: string,
  { ignoreTrailingSlash, caseSensitive }: PathRules = {},
): RegExp {
  const path = ignoreTrailingSlash === true ? url.replace(/(?<=.)\/$/, '') : url;
  // What stands between two parameters of a segment; undefined before the first, and behind one with a pattern of its own.
  let between: string | undefined;
  const source = path.split(PART).map((part, index) => {
    if (index % 2 === 0 || part === '::') {
      const text = part === '::' ? ':' : part;
      between = text.includes('/') || between === undefined ? undefined : between + text;
      return literal(text);
    }
    if (part === '*') return '.*';
    const own = /^[^(]*\((.*)\)/.exec(part)?.[1];
    if (own !== undefined) {
      between = undefined;
      return `(?:${own.replace(/^\^/, '').replace(/\$$/, '')})`;
    }
    const before = between;
    between = '';
    return parameter(before);
  });
  return new RegExp(`^${source.join('')}$`, caseSensitive === false ? 'si' : 's');
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function parameter(before = ''): string {
  const text = literal(before);
  return text === '' ? '[^/]+?' : `(?:${text}|(?:(?!${text})[^/])+)`;
}
