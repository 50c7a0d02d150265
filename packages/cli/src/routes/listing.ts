import { stripVTControlCharacters } from 'node:util';
import type { EntryInfo, RouteInfo } from 'vivace';
import { bold, cyan, dim, yellow } from '../terminal/style';
import { table } from '../terminal/table';
import { patternOf } from './find';

const METHOD_WIDTH = 'WEBSOCKET'.length;

/**
 * Lists operations, one in a line, or in two where the terminal is too narrow.
 *
 * @param columns width of the terminal; undefined where the output is not a terminal
 */
export function listing(routes: readonly RouteInfo[], columns?: number): string {
  if (routes.length === 0)
    return dim('The application answers nothing: its list of controllers is empty.');
  const wide = lines(routes);
  const width = Math.max(...wide.split('\n').map((line) => stripVTControlCharacters(line).length));
  const list =
    columns === undefined || width <= columns
      ? wide
      : routes.map((route) => stacked(route, columns)).join('\n');
  return [list, ...shadowed(routes).map((line) => `\n${yellow(line)}`)].join('\n');
}

/** Lists what something other than HTTP calls: `EVENT orders → Billing.bill`. */
export function entryListing(entries: readonly EntryInfo[]): string {
  return table(
    entries.map(({ kind, name, handler, extension, file, line }) => [
      `${bold(kind)} ${name === null ? '' : `${cyan(name)} → `}${handler}`,
      dim(sourceOf({ extension, file, line })),
    ]),
  );
}

function lines(routes: readonly RouteInfo[]): string {
  const header = ['METHOD', 'PATH', 'HANDLER', 'ANSWERS', 'GUARDS', 'NEEDS', 'SOURCE'].map((word) =>
    dim(word),
  );
  const rows = routes.map((route) => {
    const { method, handler, security } = route;
    return [
      bold(method),
      pathOf(route),
      handler,
      answerOf(route),
      security.join(', '),
      needsOf(route).join(', '),
      dim(sourceOf(route)),
    ];
  });
  return table([header, ...rows]);
}

function stacked(route: RouteInfo, columns: number): string {
  const { method, handler, security } = route;
  const indent = ' '.repeat(METHOD_WIDTH + 1);
  const needs = [...security, ...needsOf(route)].join(', ');
  const details = filled(
    [handler, answerOf(route)].filter((part) => part !== '').join('  '),
    needs,
    columns - indent.length,
  );
  const first = `${bold(method)}${indent.slice(method.length)}${pathOf(route)}  ${dim(sourceOf(route))}`;
  return [first, ...details.map((line) => indent + line)].join('\n');
}

/** A text followed by a list, wrapped to a width. */
function filled(start: string, list: string, width: number): readonly string[] {
  const full: string[] = [];
  let line = `${start} `;
  for (const word of list.split(' ')) {
    const longer = `${line} ${word}`;
    const fits = stripVTControlCharacters(longer).length <= width;
    if (!fits) full.push(line.trimEnd());
    line = fits ? longer : word;
  }
  return [...full, line.trimEnd()];
}

function pathOf({ path, method, deprecated, hidden, apiVersion, host }: RouteInfo): string {
  const chosen = [
    ...(apiVersion === null ? [] : [` version ${apiVersion}`]),
    ...(host === null ? [] : [` host ${host}`]),
  ];
  return (
    cyan(path) +
    dim(chosen.join('')) +
    (deprecated ? yellow(' deprecated') : hidden && method !== 'WEBSOCKET' ? dim(' hidden') : '')
  );
}

/** Statuses whose responses have no body. */
const EMPTY = new Set([204, 205, 304]);

function answerOf({ method, status, response }: RouteInfo): string {
  if (method === 'WEBSOCKET') return '';
  return EMPTY.has(status) ? String(status) : `${status} ${response ?? dim('any')}`;
}

/** The dependencies that are not guards. */
const needsOf = ({ dependencies, security }: RouteInfo): string[] =>
  dependencies.filter((name) => !security.includes(name));

/** Also which extension adds it. */
const sourceOf = ({
  file,
  line,
  extension,
}: Pick<RouteInfo, 'file' | 'line' | 'extension'>): string =>
  [
    ...(extension === null ? [] : [`extension ${extension}`]),
    ...(file === null ? [] : [`${file}:${line ?? 1}`]),
  ].join(', ');

/** Says where a path with a parameter is hidden by a fixed path. */
function shadowed(routes: readonly RouteInfo[]): string[] {
  return routes.flatMap((route) => {
    if (!/[:*]/.test(route.path)) return [];
    const pattern = patternOf(route.path);
    const fixed = routes.filter(
      (other) =>
        other !== route &&
        other.method === route.method &&
        !/[:*]/.test(other.path) &&
        pattern.test(other.path.replace(/\/$/, '')),
    );
    return fixed.map(
      (other) =>
        `${other.method} ${other.path} is answered by ${other.handler}, not by ${route.handler} (${route.path})`,
    );
  });
}
