import { summary, type Issue } from './issue';

/** What a handler returned does not fit its response model: 500. */
export class ResponseValidationError extends Error {
  constructor(readonly issues: readonly Issue[]) {
    super(summary(issues));
    this.name = 'ResponseValidationError';
  }
}
