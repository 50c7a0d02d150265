import { dirname } from 'node:path';
import { moduleId } from '../project/class-ids';
import { packageAt } from '../project/packages';
import { isSource } from '../project/sources';
import { readDesign } from '../build/design-file';
import { loaderOf } from '../emit/loading';
import { transform, type TransformOptions } from '../emit/transform';
import { type EmitOptions, emitOptionsOf, nearestConfig } from '../project/tsconfig';
import { compilerStamp, hashOf } from '../project/stamp';

interface JestOptions {
  readonly supportsStaticESM: boolean;
  readonly configString: string;
}

function process(source: string, filename: string, { supportsStaticESM }: JestOptions) {
  const module = supportsStaticESM ? 'es6' : 'commonjs';
  return transform(source, { filename, module, jest: true, ...optionsFor(filename) });
}

/** Whatever the output depends on: a forgotten part would serve stale code. */
function getCacheKey(
  source: string,
  filename: string,
  { supportsStaticESM, configString }: JestOptions,
): string {
  const id = isSource(filename) ? [moduleId(filename), loaderOf(filename)] : [];
  const options = JSON.stringify(optionsFor(filename));
  return hashOf(
    [source, filename, ...id, configString, supportsStaticESM, options, compilerStamp()].join('\0'),
  );
}

const known = new Map<string, EmitOptions>();

/** As the tsconfig and the types of the package say. */
function optionsFor(filename: string): Partial<TransformOptions> {
  if (!isSource(filename)) return {};
  const directory = dirname(filename);
  const options = known.get(directory) ?? emitOptionsOf(nearestConfig(directory));
  known.set(directory, options);
  return { ...options, design: readDesign(packageAt(directory).root)[moduleId(filename)] };
}

export default { process, getCacheKey };
