import { pathToFileURL } from 'node:url';
import type { Vivace } from 'vivace';
import { shownPath } from '../terminal/shown-path';
import { UserError } from '../terminal/user-error';

/** A project has its own copy of vivace, so `instanceof` cannot be used. */
const METHODS = ['build', 'entries', 'explain', 'listen', 'openapi', 'routes', 'run'] as const;

/**
 * Runs a JavaScript file and returns the application that it exports.
 *
 * @param exported the name of the export: an application, or a function that makes one
 * @throws UserError where there is no such export, or it is something else
 */
export async function importApplication(file: string, exported: string): Promise<Vivace> {
  const exports = await importModule(file);
  const found = exportOf(exports, exported);
  if (found === undefined) throw noSuchExport(file, exported, Object.keys(exports));
  const app: unknown = typeof found === 'function' ? await (found as () => unknown)() : found;
  if (isApplication(app)) return app;
  throw new UserError(
    `'${exported}' of ${shownPath(file)} is no application.`,
    'It has to be a new Vivace({ … }), or a function that gives one',
  );
}

/** Runs a JavaScript file. Stack traces show the original sources from then on. */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  process.setSourceMapsEnabled(true);
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** Node does not detect every export of a CommonJS module, but `default` has all of them. */
export function exportOf(exports: Readonly<Record<string, unknown>>, name: string): unknown {
  const all = exports['default'] as Readonly<Record<string, unknown>> | null | undefined;
  return all?.['__esModule'] === true ? all[name] : (exports[name] ?? all?.[name]);
}

function isApplication(value: unknown): value is Vivace {
  return (
    typeof value === 'object' &&
    value !== null &&
    METHODS.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

function noSuchExport(file: string, exported: string, names: readonly string[]): UserError {
  const others = names.filter((name) => name !== 'module.exports');
  return new UserError(
    `${shownPath(file)} exports no '${exported}'.`,
    others.length > 0 ? `It exports ${others.join(', ')}` : 'It exports nothing',
  );
}
