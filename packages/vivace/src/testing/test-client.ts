import type { BuildOptions } from '../declare/application';
import type { Server } from '../declare/server';
import type { Needs } from '../declare/provided';
import type { Override } from '../declare/provide';
import type { BuiltServer } from '../app/server';
import { InjectingClient, type ClientOptions, type TestClient } from './client';

export interface TestClientOptions extends ClientOptions {
  overrides?: readonly Override[];
  headers?: Readonly<Record<string, string>>;
  cookies?: Readonly<Record<string, string>>;
  baseUrl?: string;
  ip?: string;
  followRedirects?: boolean;
  /** Throw the handler's unhandled error in the test; true by default. */
  raiseErrors?: boolean;
  /** The environment that settings are read from. */
  env?: Readonly<Record<string, string | undefined>>;
  /** What no test may touch, such as the database: the application is refused where it would be used without an override. */
  forbidUnmocked?: readonly Needs[];
}

/**
 * Builds the application for a test and calls it without a network; closed by `await using`.
 *
 * @param app the application; nothing of it is changed
 * @param options substitutions, what every request carries, and the environment for settings
 * @throws BootError if the application cannot be built
 * @example
 * await using client = await testClient(app, { overrides: [override(currentUser, () => ann)] });
 * const response = await client.get('/items/3', { params: { q: 'x' } });
 */
export async function testClient<State>(
  app: Buildable<State>,
  options: TestClientOptions = {},
): Promise<TestClient<State>> {
  const { overrides, env, forbidUnmocked, ...client } = options;
  const given = {
    ...(overrides && { overrides }),
    ...(env && { env }),
    ...(forbidUnmocked && { forbidUnmocked }),
  };
  return new InjectingClient((await app.build(given)) as BuiltServer<State>, client);
}

interface Buildable<State> {
  build(options?: BuildOptions): Promise<Server<State>>;
}
