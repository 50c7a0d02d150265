import type { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import { carry, type HandlerFacts } from './value-facts';
import type { Request } from './context-classes';

/**
 * Makes an exception handler for errors of a class, or for HTTP errors of a status. Its `next()`
 * gives the answer that there would be without it.
 *
 * @param handle a function, or an `@Injectable` class with the method `handle`, which is made for each error that it answers
 * @example
 * on(NotFound, error => new JSONResponse({ message: error.message }, { status: 404 }))
 */
export function on<E extends Error>(
  type: abstract new (...args: never[]) => E,
  handle: ErrorAnswer<E> | ErrorHandlerClass<E>,
): ExceptionHandler;
export function on(
  status: number,
  handle: ErrorAnswer<HTTPException> | ErrorHandlerClass<HTTPException>,
): ExceptionHandler;
export function on(on: HandlerFacts['on'], handle: Function): ExceptionHandler {
  return carry({}, { kind: 'handler', on, handle });
}

/** Answers an error; `next` gives the answer that there would be without it. */
export type ErrorAnswer<E> = (
  error: E,
  request: Request,
  next: () => Promise<Response>,
) => Response | Promise<Response>;
/** A class that answers errors, and whose constructor is injected. */
export type ErrorHandlerClass<E> = abstract new (...args: never[]) => { handle: ErrorAnswer<E> };
/** An exception handler, made by `on`. */
export interface ExceptionHandler {
  readonly [handles]: true;
}

declare const handles: unique symbol;
