import { dirname } from 'node:path';
import { hashOf } from '../project/stamp';
import { moduleId } from '../project/class-ids';
import { isSource } from '../project/sources';
import { transform } from '../emit/transform';
import { definesFields, nearestConfig } from '../project/tsconfig';
import { compilerStamp } from '../project/stamp';

interface JestOptions {
  readonly supportsStaticESM: boolean;
  readonly configString: string;
}

function process(source: string, filename: string, { supportsStaticESM }: JestOptions) {
  const module = supportsStaticESM ? 'es6' : 'commonjs';
  return transform(source, {
    filename,
    module,
    jest: true,
    useDefineForClassFields: definesFieldsOf(filename),
  });
}

/** Whatever the output depends on: a forgotten part would serve stale code. */
function getCacheKey(
  source: string,
  filename: string,
  { supportsStaticESM, configString }: JestOptions,
): string {
  const id = isSource(filename) ? moduleId(filename) : '';
  return hashOf(
    [
      source,
      filename,
      id,
      configString,
      supportsStaticESM,
      definesFieldsOf(filename),
      compilerStamp(),
    ].join('\0'),
  );
}

const known = new Map<string, boolean>();

function definesFieldsOf(filename: string): boolean {
  const directory = dirname(filename);
  const found =
    known.get(directory) ?? (!isSource(filename) || definesFields(nearestConfig(directory)));
  known.set(directory, found);
  return found;
}

export default { process, getCacheKey };
