/** Values of `NODE_ENV`. */
export type Environment = 'development' | 'production';

/**
 * Sets `NODE_ENV` where it is not set yet; the program reads it too.
 *
 * @returns the value that it has now
 */
export function ensureEnvironment(environment: Environment): string {
  return (process.env['NODE_ENV'] ??= environment);
}

export const isProduction = (): boolean => process.env['NODE_ENV'] === 'production';
