import { dependency } from 'vivace';
import type { ExtensionMount, Needs } from 'vivace/extend';
import { QueueBootError } from './boot-error';
import { openPages, type Pages } from './dashboard-pages';

/** Methods that change nothing. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The pages of pg-boss below a path, behind a guard.
 *
 * @param url the address of the database, known when the pages are asked for
 * @throws QueueBootError without a guard
 */
export function dashboardMount(
  { path = '/jobs', guard }: { readonly path?: string; readonly guard: Needs },
  url: () => string,
) {
  if ((guard as Needs | undefined) === undefined)
    throw new QueueBootError(
      'DASHBOARD_OPEN',
      'queue({ dashboard })',
      'Everybody could read and change all jobs.',
      'dashboard: { guard: admin }, a dependency that refuses others',
    );
  let pages: Promise<Pages> | undefined;
  // Loaded with the first page: nobody else pays for them.
  const open = (): Promise<Pages> => (pages ??= openPages(path, url()));
  const closing = dependency(
    async function* () {
      yield;
      // Pages that did not load have told who asked for them.
      await (await pages?.catch(() => undefined))?.close();
      pages = undefined;
    },
    { lifetime: 'singleton', name: 'dashboard of jobs' },
  );
  const mount: ExtensionMount = {
    path,
    handler: async (request) =>
      isFromHere(request) ? (await open())(request) : new Response('Forbidden', { status: 403 }),
    options: { dependencies: [guard], keepPrefix: true },
  };
  return { mount, closing };
}

/** A browser says where a form was sent from; who says nothing is no browser, and has the guard to pass. */
function isFromHere({ method, headers, url }: Request): boolean {
  if (SAFE.has(method)) return true;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  return origin === null ? site !== null : origin === new URL(url).origin;
}
