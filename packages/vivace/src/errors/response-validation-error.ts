import { summary, type Issue } from './issue';

/** What a handler returned does not fit its response model: 500. */
export class ResponseValidationError extends Error {
  /** What does not fit; it holds values that no client may see. */
  declare readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(summary(issues));
    this.name = 'ResponseValidationError';
    // Logs print what can be enumerated, and issues hold the values that no client may see.
    Object.defineProperty(this, 'issues', { value: issues });
  }
}
