import type { Middleware } from '../declare/layers';
import type { Request } from '../declare/parts';
import { Response } from '../responses/response';
import { requestCopy } from './request-copy';

/**
 * Runs a request through middleware, the first outermost, down to what makes the response.
 *
 * @param recover answers what a layer throws, so that the layers around it see a response; throws again what it does not know
 */
export function throughMiddleware(
  middleware: readonly Middleware[],
  request: Request,
  innermost: () => Promise<Response>,
  recover: (error: unknown) => Response | Promise<Response>,
): Promise<Response> {
  const run = async (index: number): Promise<Response> => {
    try {
      const layer = middleware[index];
      return requestCopy(
        layer === undefined
          ? await innermost()
          : checked(await layer(request, () => run(index + 1)), layer),
      );
    } catch (error) {
      return requestCopy(await recover(error));
    }
  };
  return run(0);
}

function checked(response: unknown, { name }: Middleware): Response {
  if (response instanceof Response) return response;
  throw new TypeError(
    `Middleware ${name} gave no response: return await next(), or a response of your own.`,
  );
}
