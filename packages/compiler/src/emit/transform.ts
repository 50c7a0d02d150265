import { transformSync, type Options, type ParserConfig } from '@swc/core';
import { extname } from 'node:path';
import { withoutAccessors } from './accessors';
import { withDesignTypes } from './design-annotations';
import { instrument } from './instrument';
import type { DesignFacts } from '../project/design';
import { isSource } from '../project/sources';
import { withTscMetadata } from './swc-metadata';
import type { EmitOptions } from '../project/tsconfig';

export interface TransformOptions extends Partial<EmitOptions> {
  readonly filename: string;
  readonly module: 'commonjs' | 'es6';
  /** For Jest: `jest.mock` is moved to the top, and imports keep their extensions. */
  readonly jest?: boolean;
  /** What names of types stand for in metadata; without it, what one file alone tells. */
  readonly design?: DesignFacts | undefined;
}

/** JavaScript and, as JSON, its source map. */
export interface Transformed {
  readonly code: string;
  readonly map: string;
}

/**
 * Turns one TypeScript file into JavaScript that runs: with decorator metadata, the identity of each class, and a source map.
 *
 * @throws Error when the text has a syntax error; its message shows the place
 * @example transform('class User { name!: string }', { filename: '/shop/src/user.ts', module: 'commonjs' }).code
 */
export function transform(source: string, options: TransformOptions): Transformed {
  const { filename, module } = options;
  const { code, map } = compiled(source, options);
  const text = isSource(filename)
    ? instrument(code, { file: filename, text: source }, module === 'es6')
    : code;
  return { code: text, map };
}

/** What follows the place of a syntax error is about SWC, not about the text. */
function compiled(source: string, options: TransformOptions) {
  const { filename, design = {}, emitDecoratorMetadata = true } = options;
  const isTyped = isSource(filename);
  const text =
    isTyped && emitDecoratorMetadata ? withDesignTypes(source, filename, design) : source;
  const plain = isTyped ? withoutAccessors(text, filename) : text;
  try {
    const { code, map = '' } = transformSync(plain, swcOptions(options));
    return {
      code: withTscMetadata(code, filename),
      map:
        plain === source ? map : JSON.stringify({ ...JSON.parse(map), sourcesContent: [source] }),
    };
  } catch (cause) {
    throw new SyntaxError((cause as Error).message.split(/\n+Caused by:/, 1)[0], { cause });
  }
}

function swcOptions({
  filename,
  module,
  jest = false,
  useDefineForClassFields = true,
  emitDecoratorMetadata = true,
  verbatimModuleSyntax = false,
}: TransformOptions): Options {
  const isScript = !isSource(filename);
  const jsx = extname(filename).endsWith('x');
  const parser: ParserConfig = isScript
    ? { syntax: 'ecmascript', jsx }
    : { syntax: 'typescript', decorators: true, tsx: jsx };
  const hidden = { jest };
  return {
    filename,
    swcrc: false,
    configFile: false,
    sourceMaps: true,
    jsc: {
      parser,
      target: 'es2022',
      keepClassNames: true,
      transform: {
        legacyDecorator: true,
        decoratorMetadata: emitDecoratorMetadata,
        useDefineForClassFields,
        verbatimModuleSyntax,
        hidden,
      } as object,
      ...(!jest && { rewriteRelativeImportExtensions: true }),
    },
    // Jest's own import() needs a flag of Node; Node's does not.
    module: module === 'es6' ? { type: 'es6' } : { type: 'commonjs', ignoreDynamic: !jest },
  };
}
