/** What a program is run for. */
export type Environment = 'development' | 'production';

/**
 * `NODE_ENV`, which is set to this where nothing else was said: the program reads it too.
 *
 * @returns what it is then
 */
export function ensureEnvironment(environment: Environment): string {
  return (process.env['NODE_ENV'] ??= environment);
}
