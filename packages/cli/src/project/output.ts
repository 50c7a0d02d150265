import { join, relative, resolve } from 'node:path';
import { nearestConfig, optionsOf } from '@vivace/compiler';
import { DEVELOPMENT_OUTPUT } from '../terminal/shown-path';
import type { Project } from './project';

/** Where the JavaScript of a project is in development. */
export function developmentDir({ root }: Project): string {
  return join(root, DEVELOPMENT_OUTPUT);
}

/** The JavaScript of a source file in development. */
export function developmentFile(project: Project, file: string): string {
  return compiledName(join(developmentDir(project), relative(project.root, file)));
}

/**
 * Where `tsc` writes the JavaScript of a project for production.
 *
 * @param config the tsconfig; the nearest by default
 */
export function outDirOf(project: Project, config = nearestConfig(project.root)): string {
  return resolve(project.root, compilerOptions(config).outDir ?? 'dist');
}

/**
 * The JavaScript of a source file in production: `tsc` leaves out the folder that `rootDir` names.
 */
export function builtFile(project: Project, file: string): string {
  const { root } = project;
  const { rootDir } = compilerOptions(nearestConfig(root));
  const sources = rootDir ?? (/^src[\\/]/.test(relative(root, file)) ? 'src' : '.');
  return compiledName(join(outDirOf(project), relative(resolve(root, sources), file)));
}

/** `app.mts` → `app.mjs`. */
function compiledName(file: string): string {
  return file.replace(/\.([cm]?)tsx?$/, '.$1js');
}

function compilerOptions(config: string | undefined): {
  readonly outDir?: string;
  readonly rootDir?: string;
} {
  return config === undefined ? {} : optionsOf(config);
}
