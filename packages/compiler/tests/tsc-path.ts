import { dirname, join } from 'node:path';

/** Where the compiler's binary is: TypeScript finds it by `import.meta.resolve`, which CommonJS under Jest does not have. */
export default function getExePath(): string {
  const manifest = require.resolve(
    `@typescript/typescript-${process.platform}-${process.arch}/package.json`,
  );
  return join(dirname(manifest), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
}
