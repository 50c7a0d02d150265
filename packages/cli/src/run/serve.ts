import { pathToFileURL } from 'node:url';
import type { Server, Vivace } from 'vivace';
import { shown } from '../project/entry';
import { UserError } from '../terminal/user-error';

/** Where and how an application listens. */
export interface ServeOptions {
  readonly file: string;
  readonly exported: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly rootPath?: string;
  readonly trustProxy?: boolean | string[];
  /** Seconds that closing may take, if not those of the application. */
  readonly grace?: number;
  /** Processes that serve it, this one among them. */
  readonly workers: number;
}

/**
 * Loads an application and listens.
 *
 * @returns its server; undefined for a program that listens itself
 */
export async function serve(
  { file, exported, ...listen }: ServeOptions,
  handleSignals: boolean,
): Promise<Server | undefined> {
  process.setSourceMapsEnabled(true); // traces name what was written, not what was built
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  if (exported === undefined) return undefined;
  const found =
    module[exported] ?? (module['default'] as Record<string, unknown> | undefined)?.[exported];
  const app: unknown = typeof found === 'function' ? await (found as () => unknown)() : found;
  if (found === undefined) {
    const names = Object.keys(module).filter((name) => name !== 'module.exports');
    throw new UserError(
      `${shown(file)} exports no '${exported}'.`,
      names.length > 0 ? `It exports ${names.join(', ')}` : 'It exports nothing',
    );
  }
  if (!isApplication(app)) {
    throw new UserError(
      `'${exported}' of ${shown(file)} is no application.`,
      'It has to be a new Vivace({ … }), or a function that gives one',
    );
  }
  return app.listen({ ...listen, handleSignals });
}

function isApplication(value: unknown): value is Vivace {
  return typeof (value as Partial<Vivace> | undefined)?.listen === 'function';
}
