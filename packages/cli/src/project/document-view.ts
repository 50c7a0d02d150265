import { type Command, Option } from 'commander';
import type { Vivace } from 'vivace';
import type { OpenAPIDocument } from 'vivace/openapi';
import { UserError } from '../terminal/user-error';

/** Options that choose one of several documents, and how return types count. */
export interface ViewOptions {
  readonly apiVersion?: string;
  readonly host?: string;
  readonly responseModels?: 'inferred' | 'written';
}

export function viewOptions(command: Command): Command {
  return command
    .option(
      '--api-version <version>',
      'of an application that has several; the newest of each operation by default',
    )
    .option('--host <host>', 'what a client at this host reaches, such as admin.example.com')
    .addOption(
      new Option(
        '--response-models <which>',
        'which return types are response models, in place of what the application says',
      ).choices(['inferred', 'written']),
    );
}

/** @throws UserError for a version or host that the application does not have */
export async function documentOf(
  app: Vivace,
  { apiVersion, host, responseModels }: ViewOptions,
): Promise<OpenAPIDocument> {
  const versions = new Set(
    (await app.routes()).map((route) => route.apiVersion).filter((version) => version !== null),
  );
  if (apiVersion !== undefined && !versions.has(apiVersion)) {
    const there =
      versions.size === 0 ? 'No operation has a version.' : `There is ${[...versions].join(', ')}.`;
    throw new UserError(`There is no version '${apiVersion}'.`, there, { usage: true });
  }
  const view = {
    ...(apiVersion !== undefined && { version: apiVersion }),
    ...(responseModels !== undefined && { responseModels }),
  };
  if (host === undefined) return app.openapi(view);
  return app.openapi({ ...view, host }).catch((error: unknown) => {
    const { status, detail } = error as { readonly status?: unknown; readonly detail?: unknown };
    if (status !== 404) throw error;
    throw new UserError(`--host ${host}: ${String(detail)}.`, undefined, { usage: true });
  });
}
