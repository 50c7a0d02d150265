/** Variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether `NODE_ENV` says that the program serves users. */
export const isProduction = (environment: Environment = process.env): boolean =>
  environment['NODE_ENV'] === 'production';

/** Whether `NODE_ENV` says that tests run, as Jest does. */
export const isTest = (environment: Environment = process.env): boolean =>
  environment['NODE_ENV'] === 'test';
