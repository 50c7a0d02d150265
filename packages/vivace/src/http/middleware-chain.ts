import type { Middleware } from '../declare/options/layer-options';
import type { Request } from '../declare/context-classes';
import { Response } from '../responses/response';
import { once } from './once';

/**
 * Runs a request through middleware, the first outermost, down to what makes the response.
 *
 * @param own makes a response one that belongs to the request
 * @param recover answers what a layer throws, so that the layers around it see a response; throws again what it does not know
 */
export function throughMiddleware(
  middleware: readonly Middleware[],
  request: Request,
  own: (response: Response) => Response,
  innermost: () => Promise<Response>,
  recover: (error: unknown) => Response | Promise<Response>,
): Promise<Response> {
  const run = async (index: number): Promise<Response> => {
    try {
      const layer = middleware[index];
      if (layer === undefined) return own(await innermost());
      const next = once(
        () => run(index + 1),
        () => nameOf(layer),
      );
      return own(checked(await layer(request, next), layer));
    } catch (error) {
      return own(await recover(error));
    }
  };
  return run(0);
}

const nameOf = ({ name }: Middleware): string => `Middleware ${name}`.trimEnd();

function checked(response: unknown, layer: Middleware): Response {
  if (response instanceof Response) return response;
  throw new TypeError(
    `${nameOf(layer)} gave no response: return await next(), or a response of your own.`,
  );
}
