import { transformSync } from '@swc/core';

function process(source: string, filename: string, options: { supportsStaticESM: boolean }) {
  return transformSync(source, {
    filename,
    sourceMaps: true,
    swcrc: false,
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true, hidden: { jest: true } } as object,
    },
    module: { type: options.supportsStaticESM ? 'es6' : 'commonjs' },
  });
}

export default { process };
