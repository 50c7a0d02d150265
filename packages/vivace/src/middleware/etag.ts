import { createHash } from 'node:crypto';
import type { Middleware } from '../declare/options/layer-options';
import { CONTENT } from '../responses/response';
import { bytesOf, withContent } from './content';
import { defineMiddleware } from './define-middleware';

/**
 * Gives whole answers to GET a tag of their content, and answers 304 without the content to a client that has it already.
 * An `ETag` that the handler sets is kept.
 *
 * @example @Get('/prices', { middleware: [etag()] }) prices(): Promise<Price[]> {}
 */
export function etag(): Middleware {
  return defineMiddleware({ name: 'etag' }, async (request, next) => {
    const response = await next();
    if (!['GET', 'HEAD'].includes(request.method) || response.status !== 200) return response;
    const tag = response.headers.get('etag') ?? tagOf(bytesOf(response[CONTENT]()));
    if (tag === undefined) return response;
    response.headers.set('etag', tag);
    if (!matches(request.headers.get('if-none-match'), tag)) return response;
    const unchanged = withContent(response, null);
    unchanged.status = 304;
    for (const name of ['content-type', 'content-encoding', 'content-language'])
      unchanged.headers.delete(name);
    return unchanged;
  });
}

function tagOf(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined
    ? undefined
    : `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/** A tag in a condition may be weak; the bytes are the same or a re-encoding of them. */
function matches(condition: string | null, tag: string): boolean {
  if (condition === null) return false;
  const strong = (text: string): string => text.trim().replace(/^W\//, '');
  return (
    condition.trim() === '*' || condition.split(',').some((one) => strong(one) === strong(tag))
  );
}
