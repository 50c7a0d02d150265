import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

interface Config {
  readonly extends?: string | readonly string[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

/** The nearest tsconfig.json at or above a directory, within its package. */
export function nearestConfig(directory: string): string | undefined {
  const file = join(directory, 'tsconfig.json');
  if (existsSync(file)) return file;
  const parent = dirname(directory);
  return existsSync(join(directory, 'package.json')) || parent === directory
    ? undefined
    : nearestConfig(parent);
}

/** What a tsconfig says of the JavaScript. */
export interface EmitOptions {
  /** Whether fields are defined (`true`, the default from ES2022 on) or assigned. */
  readonly useDefineForClassFields: boolean;
  /** True where there is no tsconfig. */
  readonly emitDecoratorMetadata: boolean;
  /** Whether imports stay that only types use. */
  readonly verbatimModuleSyntax: boolean;
}

export function emitOptionsOf(configFile: string | undefined): EmitOptions {
  const options = configFile ? optionsOf(configFile) : {};
  const { useDefineForClassFields: written, target } = options;
  const isModern = !/^es(5|6|20(1\d|2[01]))$/i.test(String(target));
  return {
    useDefineForClassFields: typeof written === 'boolean' ? written : isModern,
    emitDecoratorMetadata: !configFile || options['emitDecoratorMetadata'] === true,
    verbatimModuleSyntax: options['verbatimModuleSyntax'] === true,
  };
}

/** The compiler options of a tsconfig, with those that it extends. */
export function optionsOf(file: string): Readonly<Record<string, unknown>> {
  const config = parseConfig(file);
  const bases = [config.extends ?? []].flat().map((base) => optionsOf(locate(base, file)));
  return Object.assign({}, ...bases, config.compilerOptions) as Readonly<Record<string, unknown>>;
}

function locate(base: string, from: string): string {
  if (!/^[./]/.test(base)) return createRequire(from).resolve(base);
  const path = resolve(dirname(from), base);
  return existsSync(path) && path.endsWith('.json') ? path : `${path}.json`;
}

/** JSON with comments and trailing commas. */
function parseConfig(file: string): Config {
  const text = readFileSync(file, 'utf8');
  const plain = text.replace(
    /("(?:\\.|[^"\\])*")|\/\/.*|\/\*[\s\S]*?\*\//g,
    (_, string: string | undefined) => string ?? '',
  );
  try {
    return JSON.parse(plain.replace(/,(?=\s*[}\]])/g, '')) as Config;
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
