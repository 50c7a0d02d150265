import type { FastifyRequest } from 'fastify';
import { HTTPException } from '../errors/http-exception';
import { summary } from '../errors/issue';
import { RequestValidationError } from '../errors/request-validation-error';
import { WebSocketException } from '../errors/websocket-exception';
import type { ExceptionRule } from '../model/layers';
import type { Response } from '../responses/response';
import { ErrorAnswers } from '../http/error-answers';
import { shownIssues } from '../http/shown-issues';
import { Closing } from './close';

/** Turns errors into what a WebSocket is refused or closed with; exception handlers answer first, as they do for requests. */
export class SocketAnswers extends ErrorAnswers {
  override isUnhandled(error: unknown, rules: readonly ExceptionRule[]): boolean {
    return !(error instanceof WebSocketException) && super.isUnhandled(error, rules);
  }

  protected override isAnswer(error: unknown): boolean {
    return error instanceof WebSocketException || super.isAnswer(error);
  }

  protected override byFormat(error: unknown, request: FastifyRequest): Response {
    if (error instanceof WebSocketException) return new Closing(error.code, error.reason);
    if (error instanceof RequestValidationError) {
      const issues = shownIssues(error.issues, this.options.limit);
      return new Closing(1008, summary(issues), issues);
    }
    return super.byFormat(error, request);
  }
}

/** What an open WebSocket is closed with where its handler failed and this is the answer. */
export function closingOf(
  response: Response,
  error: unknown,
): { readonly code: number; readonly reason: string } {
  if (response instanceof Closing) return response;
  const reason =
    error instanceof HTTPException && error.status < 500 && typeof error.detail === 'string'
      ? error.detail
      : '';
  return { code: response.status < 500 ? 1008 : 1011, reason };
}
