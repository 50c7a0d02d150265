import { checkNumbers } from '../declare/numbers';
import type { Middleware } from '../declare/options/layer-options';
import { HTTPException } from '../errors/http-exception';
import { exchangeOfRequest } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

/**
 * Answers 504 and aborts the request's signal when it takes too long to make the response; a stream may then take its time.
 *
 * The handler is not stopped: it has to heed the signal. Whatever it opened is closed as after an error, so that nothing is committed.
 *
 * @param seconds how long to wait
 * @example @Get('/report', { middleware: [timeout(5)] }) report(signal: AbortSignal) {}
 */
export function timeout(seconds: number): Middleware {
  checkNumbers(timeout, { seconds });
  return defineMiddleware({ name: 'timeout' }, async (request, next) => {
    const exchange = exchangeOfRequest(request);
    const controller = new AbortController();
    exchange.endWith(controller.signal);
    const expiry = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const late = new HTTPException(504);
      exchange.leaveBehind(answer, late);
      controller.abort(late);
      expiry.reject(late);
    }, seconds * 1000);
    const answer = next();
    answer.catch((error: unknown) => {
      if (controller.signal.aborted)
        request.log.warn({ err: error }, 'A handler failed after its time was up');
    });
    try {
      return await Promise.race([answer, expiry.promise]);
    } finally {
      clearTimeout(timer);
    }
  });
}
