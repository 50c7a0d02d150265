import { moduleId } from '../project/class-ids';
import { isSource } from '../project/sources';
import { fileOptions } from '../build/file-options';
import { loaderOf } from '../emit/loading';
import { transform } from '../emit/transform';
import { compilerStamp, hashOf } from '../project/stamp';

interface JestOptions {
  readonly supportsStaticESM: boolean;
  readonly configString: string;
}

function process(source: string, filename: string, { supportsStaticESM }: JestOptions) {
  const module = supportsStaticESM ? 'es6' : 'commonjs';
  return transform(source, { filename, module, jest: true, ...fileOptions(filename) });
}

/** Whatever the output depends on: a forgotten part would serve stale code. */
function getCacheKey(
  source: string,
  filename: string,
  { supportsStaticESM, configString }: JestOptions,
): string {
  const id = isSource(filename) ? [moduleId(filename), loaderOf(filename)] : [];
  const options = JSON.stringify(fileOptions(filename));
  return hashOf(
    [source, filename, ...id, configString, supportsStaticESM, options, compilerStamp()].join('\0'),
  );
}

export default { process, getCacheKey };
