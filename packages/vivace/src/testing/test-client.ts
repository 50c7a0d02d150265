import type { BuildOptions } from '../declare/options/application-options';
import type { ResponseModels } from '../declare/options/vivace-options';
import type { Server } from '../declare/server';
import type { Needs } from '../declare/provided';
import type { Override } from '../declare/provide';
import type { BuiltServer } from '../app/server';
import { InjectingClient, type ClientOptions, type TestClient } from './client';

/** How the application is built, and what every request carries. */
export interface TestClientOptions extends ClientOptions {
  /** Substitutes for dependencies, classes and schemes, made by `override`. */
  readonly overrides?: readonly Override[];
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies of every request. */
  readonly cookies?: Readonly<Record<string, string>>;
  /**
   * Scheme and host that requests name.
   * @default `http://testserver`
   */
  readonly baseUrl?: string;
  /**
   * The address of the client.
   * @default `127.0.0.1`
   */
  readonly ip?: string;
  /**
   * Whether redirects within the application are followed.
   * @default `true`
   */
  readonly followRedirects?: boolean;
  /**
   * Whether an error that nobody handles is thrown in the test, instead of answering 500.
   * @default `true`
   */
  readonly raiseErrors?: boolean;
  /**
   * The variables that settings are read from.
   * @default `process.env`
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * What no test may touch, such as the database: the application is refused where it would be used
   * without an override.
   */
  readonly forbidUnmocked?: readonly Needs[];
  /**
   * Which return types of handlers are response models, in place of what the application says.
   * @default that of the application
   */
  readonly responseModels?: ResponseModels;
  /**
   * Whether the work of extensions begins by itself, as in a server that listens, or only where a
   * helper of the package asks for it, such as `deliver(client)`.
   * @default `'manual'`
   */
  readonly work?: 'manual' | 'auto';
}

/**
 * Builds the application for a test, and calls it without a network. `await using` closes it.
 *
 * @param app the application; nothing of it is changed
 * @param options overrides, what every request has, and the environment for settings
 * @throws BootError if the application cannot be built
 * @example
 * await using client = await testClient(app, { overrides: [override(currentUser, () => ann)] });
 * const response = await client.get('/items/3', { params: { q: 'x' } });
 */
export async function testClient<State>(
  app: Buildable<State>,
  options: TestClientOptions = {},
): Promise<TestClient<State>> {
  const { overrides, env, forbidUnmocked, responseModels, work, ...client } = options;
  const given = {
    ...(overrides && { overrides }),
    ...(env && { env }),
    ...(forbidUnmocked && { forbidUnmocked }),
    ...(responseModels && { responseModels }),
  };
  const server = (await app.build(given)) as BuiltServer<State>;
  if (work === 'auto') server.works.start();
  return new InjectingClient(server, client);
}

/** An application. */
interface Buildable<State> {
  /** Builds a server without listening. */
  build(options?: BuildOptions): Promise<Server<State>>;
}
