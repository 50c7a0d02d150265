import type { Middleware } from '../declare/shared';
import type { Request } from '../declare/parts';
import { Response } from '../responses/response';

/** Runs a request through middleware, the first outermost, down to what makes the response. */
export async function throughMiddleware(
  middleware: readonly Middleware[],
  request: Request,
  innermost: () => Promise<Response>,
): Promise<Response> {
  const run = async (index: number): Promise<Response> => {
    const layer = middleware[index];
    if (layer === undefined) return innermost();
    const response: unknown = await layer(request, () => run(index + 1));
    if (response instanceof Response) return response;
    throw new TypeError(`Middleware ${layer.name} gave no response: return await next(), or a response of your own.`);
  };
  return run(0);
}
