import { Compilation, type Transpiled } from './compilation';

/**
 * Turns a whole project into JavaScript that runs, once.
 *
 * @param directory the project's root
 * @param outDir where the JavaScript goes; imports of packages must resolve from there
 * @throws Error when a file has a syntax error
 */
export function transpile(directory: string, outDir: string): Transpiled {
  using compilation = new Compilation(directory, outDir);
  return compilation.update();
}
