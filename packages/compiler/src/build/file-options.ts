import { dirname, extname } from 'node:path';
import { readDesign } from './design-file';
import type { TransformOptions } from '../emit/transform';
import { moduleId } from '../project/class-ids';
import { packageAt } from '../project/packages';
import { isSource } from '../project/sources';
import { type EmitOptions, emitOptionsOf, nearestConfig } from '../project/tsconfig';

const known = new Map<string, EmitOptions>();

/** How one file is transformed: as the tsconfig and the types of its package say. */
export function fileOptions(filename: string): Partial<TransformOptions> {
  if (!isSource(filename)) return {};
  const directory = dirname(filename);
  const options = known.get(directory) ?? emitOptionsOf(nearestConfig(directory));
  known.set(directory, options);
  return { ...options, design: readDesign(packageAt(directory).root)[moduleId(filename)] };
}

/** The kind of module that a file becomes, in a package of this type. */
export function moduleOf(filename: string, type: 'module' | 'commonjs'): 'es6' | 'commonjs' {
  const extension = extname(filename);
  if (extension === '.mts') return 'es6';
  return extension === '.cts' || type === 'commonjs' ? 'commonjs' : 'es6';
}
