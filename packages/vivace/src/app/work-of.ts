import type { Work } from '../declare/work';
import { BuiltServer } from './server';

/**
 * The work of an extension in a test's client, for helpers such as `deliver(client)`. In a test
 * nothing runs by itself: work begins with the first who asks for it.
 *
 * @param client made by `testClient`
 * @param extension its name
 * @throws TypeError for something else, RangeError where the extension does not work; else what starting it throws
 * @example
 * export async function runJobs(client: object): Promise<void> {
 *   await (await workOf(client, 'queue')).idle();
 * }
 */
export async function workOf(client: object, extension: string): Promise<Work> {
  const { server } = client as { readonly server?: unknown };
  if (!(server instanceof BuiltServer))
    throw new TypeError('workOf(…) got something that is not made by testClient(…).');
  return server.works.running(extension);
}
