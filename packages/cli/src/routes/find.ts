import type { RouteInfo } from 'vivace';
import { UserError } from '../terminal/user-error';

/**
 * Finds the operations for `GET /items/:id`, for FastAPI's form `/items/{id}`, or for an address
 * such as `/items/3`.
 * There may be several where no method is named, or where versions or hosts differ.
 *
 * @throws UserError where there is none, with similar operations
 */
export function findRoutes(asked: string, routes: readonly RouteInfo[]): readonly RouteInfo[] {
  const [, method, address = ''] = /^\s*(?:([a-z]+)\s+)?(\S*)\s*$/i.exec(asked) ?? [];
  const path = pathOf(address);
  const there =
    [bySameShape, byPattern]
      .map((by) => routes.filter(by(path)))
      .find((found) => found.length > 0) ?? [];
  const fewest = Math.min(...there.map(parameters));
  const nearest = there.filter((route) => parameters(route) === fewest);
  const meant = nearest.filter(
    (route) => method === undefined || route.method === method.toUpperCase(),
  );
  if (meant.length > 0) return meant;
  throw new UserError(
    `There is no operation '${asked.trim()}'.`,
    there.length > 0 ? methodsOf(there) : likeThat(path, routes),
    {
      usage: true,
    },
  );
}

/** `http://localhost:8000/items/3?limit=1`, `items/3` → `/items/3`. */
function pathOf(address: string): string {
  const [path = ''] = address.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/);
  return path.startsWith('/') ? path : `/${path}`;
}

const withoutSlash = (path: string): string => path.replace(/(?<=.)\/$/, '');

const parameters = ({ path }: RouteInfo): number => path.split(/[:*]/).length - 1;

/** A path without the names of its parameters. */
function shapeOf(path: string): string {
  return withoutSlash(path)
    .replaceAll(/:[\w$]+(?:\([^)]*\))?|\{[\w$]+\}/g, ':')
    .replace(/(?:\*[\w$]*|\{[\w$]+:path\})$/, '*');
}

const bySameShape = (path: string) => {
  const shape = shapeOf(path);
  return (route: RouteInfo): boolean => shapeOf(route.path) === shape;
};

const byPattern =
  (path: string) =>
  (route: RouteInfo): boolean =>
    patternOf(route.path).test(withoutSlash(path));

/** The pattern of the addresses that a path matches, without a slash at the end. */
export function patternOf(path: string): RegExp {
  const parts = shapeOf(path)
    .split(/([:*])/)
    .map(
      (part) =>
        ({ ':': '[^/]+', '*': '.*' })[part] ?? part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'),
    );
  return new RegExp(`^${parts.join('')}$`);
}

function methodsOf(routes: readonly RouteInfo[]): string {
  return `There is ${routes.map(({ method, path }) => `${method} ${path}`).join(', ')}.`;
}

/** Suggests the operations whose paths have the most letter pairs in common. */
function likeThat(path: string, routes: readonly RouteInfo[]): string {
  const pairs = new Set(pairsOf(path));
  const likeness = ({ path: other }: RouteInfo): number => {
    const theirs = new Set(pairsOf(other));
    const shared = [...pairs].filter((pair) => theirs.has(pair)).length;
    return shared / Math.max(1, pairs.size + theirs.size - shared);
  };
  const near = routes
    .filter((route) => likeness(route) > 0.1)
    .toSorted((one, other) => likeness(other) - likeness(one));
  if (near.length === 0) return 'vivace routes lists what there is';
  return `Did you mean ${near
    .slice(0, 3)
    .map((route) => `${route.method} ${route.path}`)
    .join(', ')}? vivace routes lists all`;
}

/** `/items` → `it`, `te`, `em`, `ms`. */
function pairsOf(path: string): string[] {
  const letters = path.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) =>
    letters.slice(index, index + 2),
  );
}
