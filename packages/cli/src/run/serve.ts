import type { Server } from 'vivace';
import { importApplication, importModule } from '../project/application';

/** Where and how an application listens. */
export interface ServeOptions {
  readonly file: string;
  readonly exported: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly rootPath?: string;
  readonly trustProxy?: boolean | string[];
  /** Seconds that closing may take, instead of the application's own limit. */
  readonly grace?: number;
  /** Whether extensions work in it; undefined: as the environment says. */
  readonly work?: boolean;
  /** The entries that they work on. */
  readonly only?: readonly string[];
  /** False: it answers nothing but what is asked about its health. */
  readonly http?: boolean;
  /** The number of processes that serve it, with this one. */
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
  if (exported === undefined) return void (await importModule(file));
  const app = await importApplication(file, exported);
  return app.listen({ ...listen, handleSignals });
}
