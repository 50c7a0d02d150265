import { stripVTControlCharacters } from 'node:util';
import type { RouteInfo } from 'vivace';
import { bold, cyan, dim, yellow } from '../terminal/style';
import { table } from '../terminal/table';
import { patternOf } from './find';

const METHOD_WIDTH = 'WEBSOCKET'.length;

/**
 * The operations, a line for each, or two lines where a terminal is narrower than that.
 *
 * @param columns of the terminal; undefined where the output is no terminal
 */
export function listing(routes: readonly RouteInfo[], columns?: number): string {
  if (routes.length === 0) return dim('The application answers nothing: its list of controllers is empty.');
  const wide = lines(routes);
  const width = Math.max(...wide.split('\n').map((line) => stripVTControlCharacters(line).length));
  const list = columns === undefined || width <= columns ? wide : routes.map(stacked).join('\n');
  return [list, ...shadowed(routes).map((line) => `\n${yellow(line)}`)].join('\n');
}

function lines(routes: readonly RouteInfo[]): string {
  const header = ['METHOD', 'PATH', 'HANDLER', 'ANSWERS', 'GUARDS', 'NEEDS', 'SOURCE'].map((word) => dim(word));
  const rows = routes.map((route) => {
    const { method, handler, security } = route;
    return [bold(method), pathOf(route), handler, answerOf(route), security.join(', '), needsOf(route).join(', '), dim(sourceOf(route))];
  });
  return table([header, ...rows]);
}

function stacked(route: RouteInfo): string {
  const { method, handler, security } = route;
  const needs = [...security, ...needsOf(route)].join(', ');
  const details = [handler, answerOf(route), needs].filter((part) => part !== '').join('  ');
  const indent = ' '.repeat(METHOD_WIDTH + 1);
  return `${bold(method)}${indent.slice(method.length)}${pathOf(route)}  ${dim(sourceOf(route))}\n${indent}${details}`;
}

function pathOf({ path, method, deprecated, hidden, apiVersion, host }: RouteInfo): string {
  const chosen = [...(apiVersion === null ? [] : [` version ${apiVersion}`]), ...(host === null ? [] : [` host ${host}`])];
  return cyan(path) + dim(chosen.join('')) + (deprecated ? yellow(' deprecated') : hidden && method !== 'WEBSOCKET' ? dim(' hidden') : '');
}

const answerOf = ({ method, status, response }: RouteInfo): string => (method === 'WEBSOCKET' ? '' : `${status} ${response ?? dim('any')}`);

/** The dependencies that are no guards. */
const needsOf = ({ dependencies, security }: RouteInfo): string[] => dependencies.filter((name) => !security.includes(name));

const sourceOf = ({ file, line }: RouteInfo): string => (file === null ? '' : `${file}:${line ?? 1}`);

/** A fixed path is preferred to one with a parameter; worth knowing where both are there. */
function shadowed(routes: readonly RouteInfo[]): string[] {
  return routes.flatMap((route) => {
    if (!/[:*]/.test(route.path)) return [];
    const pattern = patternOf(route.path);
    const fixed = routes.filter(
      (other) =>
        other !== route && other.method === route.method && !/[:*]/.test(other.path) && pattern.test(other.path.replace(/\/$/, '')),
    );
    return fixed.map((other) => `${other.method} ${other.path} is answered by ${other.handler}, not by ${route.handler} (${route.path})`);
  });
}
