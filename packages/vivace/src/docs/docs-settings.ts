import type { VivaceOptions } from '../declare/options/vivace-options';
import type { DocsOptions } from '../declare/options/docs-options';

/** Where document and pages are served, with the defaults filled in. */
export type DocsSettings = DocsOptions &
  Required<
    Pick<DocsOptions, 'url' | 'yaml' | 'swagger' | 'redoc' | 'oauthRedirect' | 'rootPathInServers'>
  > & {
    /** Whether anything is served at all. */
    readonly served: boolean;
  };

export function docsSettings({ docs }: VivaceOptions): DocsSettings {
  const settings = {
    url: '/openapi.json',
    yaml: false,
    swagger: '/docs',
    redoc: '/redoc',
    oauthRedirect: '/docs/oauth2-redirect',
    rootPathInServers: true,
    ...(docs === false ? {} : docs),
  } as const;
  return { ...settings, served: docs !== false && settings.url !== '' };
}
