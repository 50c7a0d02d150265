import type { FastifyRequest } from 'fastify';
import type { Request } from '../declare/context-classes';
import { HTTPException, phraseOf } from '../errors/http-exception';
import { RequestValidationError } from '../errors/request-validation-error';
import type { ExceptionRule } from '../model/layers';
import { jsonText } from '../serialize/jsonable';
import { JSONResponse } from '../responses/json-response';
import { Response } from '../responses/response';
import { shownIssues } from './shown-issues';
import { hasBody } from './response';
import { once } from './once';
import { refusalByCode } from './plugin-errors';
import { isExpected } from './program-errors';
import { noteUnhandled } from './unhandled';
import { logError } from './log-error';

export interface ErrorOptions {
  readonly format: 'detail' | 'problem';
  /** How many issues an answer shows. */
  readonly limit: number;
  /** Shows the trace of an unhandled error. */
  readonly debug: boolean;
}

interface Content {
  /** What JSON is made of. */
  readonly content: unknown;
  readonly media: string;
}

/** Turns errors into responses: the handler of the nearest class answers, else the format of the application. */
export class ErrorAnswers {
  constructor(protected readonly options: ErrorOptions) {}

  /** `rules` stand in the order of their places, the innermost first. */
  answer(
    error: unknown,
    rules: readonly ExceptionRule[],
    fastify: FastifyRequest,
    request: () => Request,
  ): Response | Promise<Response> {
    const known = refusalByCode(error) ?? error;
    const handlers = handlersOf(known, rules);
    return handlers.length === 0
      ? this.byFormat(known, fastify)
      : this.#byHandlers(known, handlers, fastify, request());
  }

  /** What a client is sent whose input does not fit, where nobody else has a say; undefined where JSON cannot hold it. */
  invalidText(
    error: RequestValidationError,
  ): { readonly text: string; readonly media: string } | undefined {
    const { content, media } = this.#invalid(error);
    try {
      return { text: jsonText(content), media };
    } catch {
      return undefined;
    }
  }

  #invalid({ issues }: RequestValidationError): Content {
    const shown = shownIssues(issues, this.options.limit);
    return this.options.format === 'detail'
      ? { content: { detail: shown }, media: 'application/json' }
      : { content: problem(422, 'The request does not fit.', { errors: shown }), media: PROBLEM };
  }

  /** Whether an error is a mistake of the program that no rule speaks of. */
  isUnhandled(error: unknown, rules: readonly ExceptionRule[]): boolean {
    const known = refusalByCode(error) ?? error;
    return !isExpected(known) && handlersOf(known, rules).length === 0;
  }

  /** The answer to an error of the program: it tells the client nothing, and the log everything. */
  unexpected(error: unknown, request: FastifyRequest): Response {
    logError(request, error, 'Unhandled error');
    noteUnhandled(request.raw, error);
    const trace = this.options.debug && error instanceof Error ? { trace: error.stack } : {};
    return this.#write(500, 'Internal Server Error', trace, { 'x-request-id': request.id });
  }

  async #byHandlers(
    error: unknown,
    handlers: readonly ExceptionRule[],
    fastify: FastifyRequest,
    request: Request,
  ): Promise<Response> {
    const [handler, ...others] = handlers;
    if (handler === undefined) return this.byFormat(error, fastify);
    const next = once(
      () => this.#byHandlers(error, others, fastify, request),
      () => 'An exception handler',
    );
    if (isCatchAll(handler, error)) logError(fastify, error, 'Unhandled error');
    try {
      const response: unknown = await handler.handle(seenBy(handler, error), request, next);
      if (response instanceof Response) return response;
      throw new TypeError(
        'An exception handler gave no response: return one, such as a JSONResponse, or next().',
      );
    } catch (failure) {
      if (this.isAnswer(failure)) return this.byFormat(failure, fastify);
      if (failure !== error) logError(fastify, error, 'The exception handler of this error failed');
      return this.unexpected(failure, fastify);
    }
  }

  /** Whether an exception handler may throw an error as its answer. */
  protected isAnswer(error: unknown): boolean {
    return error instanceof HTTPException;
  }

  protected byFormat(error: unknown, request: FastifyRequest): Response {
    if (error instanceof RequestValidationError) {
      const { content, media } = this.#invalid(error);
      return new JSONResponse(content, { status: 422, media });
    }
    if (!(error instanceof HTTPException)) return this.unexpected(error, request);
    // What a client is told of as 502 or 503 has a reason that somebody has to read.
    if (error.status >= 500 && error.cause !== undefined)
      logError(request, error, `Answered with ${error.status}`);
    return this.expected(error);
  }

  /** The answer to an HTTP error by the format of the application. */
  expected({ status, detail, headers }: HTTPException): Response {
    return hasBody(status)
      ? this.#write(status, detail, {}, headers)
      : new Response(null, { status, headers });
  }

  #write(
    status: number,
    detail: unknown,
    more: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ): Response {
    if (this.options.format === 'detail')
      return new JSONResponse({ detail, ...more }, { status, headers });
    return new JSONResponse(problem(status, detail, more), { status, headers, media: PROBLEM });
  }
}

const PROBLEM = 'application/problem+json';

/** A mistake as RFC 9457 describes it. */
function problem(
  status: number,
  detail: unknown,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const title = phraseOf(status) || 'Error';
  const said = typeof detail === 'string' ? { detail } : { detail: title, extra: detail };
  return { type: 'about:blank', title, status, ...said, ...more };
}

/** Whether a rule is for errors that nobody expects: it answers them, and they are logged all the same. */
function isCatchAll({ on }: ExceptionRule, error: unknown): boolean {
  return !isExpected(error) && (on === Error || on === 500);
}

/** A rule for a status knows only HTTP errors. */
function seenBy({ on }: ExceptionRule, error: unknown): unknown {
  return typeof on === 'number' && !isExpected(error)
    ? new HTTPException(on, undefined, { cause: error })
    : error;
}

/** The rules that fit an error: a status first, then classes, the nearest first. */
function handlersOf(error: unknown, rules: readonly ExceptionRule[]): ExceptionRule[] {
  if (rules.length === 0) return [];
  return rules
    .map((rule) => ({ rule, distance: distanceTo(error, rule.on) }))
    .filter(({ distance }) => distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ rule }) => rule);
}

/** How many classes lie between an error and what a rule is for. */
function distanceTo(error: unknown, on: ExceptionRule['on']): number {
  if (typeof on === 'number') {
    if (error instanceof HTTPException) return error.status === on ? -1 : Infinity;
    return on === 500 && !isExpected(error) ? Number.MAX_VALUE : Infinity;
  }
  // Expected errors have an answer of their own, which is nearer than that of all errors.
  if (on === Error && isExpected(error)) return Infinity;
  let distance = 0;
  for (
    let type: unknown = Object.getPrototypeOf(Object(error));
    type !== null;
    type = Object.getPrototypeOf(type)
  ) {
    if (type === on.prototype) return distance;
    distance += 1;
  }
  return Infinity;
}
