import { workFile } from './work-file';
import { run } from './pool';

/** The functions of a module, as `offload` gives them: each answers with a promise. */
export type Offloaded<Module> = {
  readonly [
    Name in keyof Module as Module[Name] extends (...args: never[]) => unknown ? Name : never
  ]: Module[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

/**
 * The functions of a module, run on other threads, so that work for the processor does not hold up
 * other requests.
 *
 * The module is loaded by the threads, not by the program. Arguments and results are copied as
 * `structuredClone` copies them; errors arrive with their class, message, stack and fields. An
 * `AbortSignal` among the arguments ends the work: its thread is stopped where it is.
 *
 * @param module its address, or in CommonJS its path: `require.resolve('./work.js')`
 * @throws TypeError where there is no such file
 * @example
 * const { shrink } = offload<typeof import('./work.js')>(new URL('./work.js', import.meta.url));
 * const small = await shrink(picture, 200);
 */
export function offload<Module extends object>(module: URL | string): Offloaded<Module> {
  const file = workFile(module);
  const functions = new Map<string, (...args: readonly unknown[]) => Promise<unknown>>();
  const functionOf = (name: string): unknown => {
    const known = functions.get(name);
    if (known !== undefined) return known;
    const created = (...args: readonly unknown[]): Promise<unknown> => run(file, name, args);
    functions.set(name, created);
    return created;
  };
  return new Proxy(Object.create(null) as Offloaded<Module>, {
    // Whoever awaits what offload gives asks for `then` first.
    get: (_, name) => (typeof name === 'symbol' || name === 'then' ? undefined : functionOf(name)),
  });
}
