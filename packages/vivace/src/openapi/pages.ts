import { readFileSync } from 'node:fs';
import type { DocsOptions } from '../declare/options/docs-options';

/** Where the pages look for what they show, unless they are told: beside the page, from this server. */
const ASSETS = 'docs-assets';

/** A note, part of the page itself so that browsers ask for nothing else. */
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b7a75"/>' +
      '<path d="M6 11.5V4l6-1.5V10" fill="none" stroke="#fff" stroke-width="1.4"/>' +
      '<circle cx="4.6" cy="11.5" r="1.7" fill="#fff"/><circle cx="10.6" cy="10" r="1.7" fill="#fff"/></svg>',
  );

/** With a bar above it, in which one of several documents is chosen. */
const WITH_CHOICE = { layout: 'StandaloneLayout' };

/** What a page of the document shows, and what it loads. */
interface PageOptions {
  /** The address of the document. */
  readonly url: string;
  /** The title of the page. */
  readonly title: string;
  /**
   * The address of the script.
   * @default the one that comes along
   */
  readonly scriptUrl?: string;
  /**
   * The address of the icon.
   * @default a note, part of the page
   */
  readonly faviconUrl?: string;
}

const SWAGGER_PARAMETERS = {
  dom_id: '#swagger-ui',
  layout: 'BaseLayout',
  deepLinking: true,
  showExtensions: true,
  showCommonExtensions: true,
};

/**
 * Makes the page of Swagger UI, for a route of your own.
 *
 * @param options.urls several documents with their names, of which the reader chooses
 * @param options.presetUrl the address of the script for that choice
 * @param options.oauth2RedirectUrl the address of the page that a login returns to
 * @param options.styleUrl the address of the style sheet
 * @example return new HTMLResponse(swaggerPage({ url: '/openapi.json', title: 'Shop' }));
 */
export function swaggerPage(
  options: PageOptions & {
    readonly urls?: readonly { readonly url: string; readonly name: string }[];
    readonly presetUrl?: string;
    readonly oauth2RedirectUrl?: string;
    readonly styleUrl?: string;
  } & Pick<DocsOptions, 'swaggerParameters' | 'oauth'>,
): string {
  const { urls } = options;
  const parameters = Object.entries({
    ...SWAGGER_PARAMETERS,
    ...(urls !== undefined && WITH_CHOICE),
    ...options.swaggerParameters,
  }).map(([name, value]) => `    ${script(name)}: ${script(value)},`);
  const redirect =
    options.oauth2RedirectUrl === undefined
      ? []
      : [
          `    oauth2RedirectUrl: new URL(${script(options.oauth2RedirectUrl)}, window.location).href,`,
        ];
  const oauth = options.oauth === undefined ? [] : [`  ui.initOAuth(${script(options.oauth)});`];
  return page({
    ...options,
    head: `<link rel="stylesheet" href="${attribute(options.styleUrl ?? `${ASSETS}/swagger-ui.css`)}">`,
    body: [
      '<div id="swagger-ui"></div>',
      `<script src="${attribute(options.scriptUrl ?? `${ASSETS}/swagger-ui-bundle.js`)}"></script>`,
      ...(urls === undefined
        ? []
        : [
            `<script src="${attribute(options.presetUrl ?? `${ASSETS}/swagger-ui-standalone-preset.js`)}"></script>`,
          ]),
      '<script>',
      '  const ui = SwaggerUIBundle({',
      urls === undefined ? `    url: ${script(options.url)},` : `    urls: ${script(urls)},`,
      ...parameters,
      ...redirect,
      `    presets: [SwaggerUIBundle.presets.apis, ${urls === undefined ? 'SwaggerUIBundle.' : ''}SwaggerUIStandalonePreset],`,
      '  });',
      ...oauth,
      '</script>',
    ],
  });
}

/** Makes the page to which Swagger UI returns after a login. */
export function oauthRedirectPage(): string {
  const code = readFileSync(
    require.resolve('@fastify/swagger-ui/static/oauth2-redirect.js'),
    'utf8',
  );
  return page({
    title: 'Swagger UI: OAuth2 Redirect',
    head: '',
    body: ['<script>', code, '</script>'],
  });
}

/**
 * Makes the page of ReDoc, for a route of your own.
 *
 * @example return new HTMLResponse(redocPage({ url: '/openapi.json', title: 'Shop' }));
 */
export function redocPage(options: PageOptions): string {
  return page({
    ...options,
    head: '<style>body { margin: 0; padding: 0; }</style>',
    body: [
      '<noscript>ReDoc requires Javascript to function. Please enable it to browse the documentation.</noscript>',
      `<redoc spec-url="${attribute(options.url)}"></redoc>`,
      `<script src="${attribute(options.scriptUrl ?? `${ASSETS}/redoc.standalone.js`)}"></script>`,
    ],
  });
}

interface Parts {
  readonly title: string;
  readonly faviconUrl?: string;
  readonly head: string;
  readonly body: readonly string[];
}

function page({ title, faviconUrl, head, body }: Parts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="icon" href="${attribute(faviconUrl ?? ICON)}">
${head}
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, between tags or in an attribute. */
function attribute(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** A value for a script: JSON in which nothing ends the script, nor a line. */
function script(value: unknown): string {
  return JSON.stringify(value ?? null).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
