import { createHash } from 'node:crypto';
import { HTMLResponse } from '../responses/html-response';

/**
 * A page of the documentation with a policy of its own: it runs the scripts that it holds and those of this server, and nobody frames it.
 * Requests that are tried out may go to any server that the document names.
 */
export function documentationPage(html: string): HTMLResponse {
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code]) =>
    createHash('sha256').update(code!).digest('base64'),
  );
  const policy = [
    `default-src 'none'`,
    `script-src 'self' ${scripts.map((hash) => `'sha256-${hash}'`).join(' ')}`.trim(),
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: https:`,
    `font-src 'self' data:`,
    `connect-src 'self' http: https:`,
    `worker-src blob:`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ];
  return new HTMLResponse(html, {
    headers: { 'content-security-policy': policy.join('; '), 'x-frame-options': 'DENY' },
  });
}
