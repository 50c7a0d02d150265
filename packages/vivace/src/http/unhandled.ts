import type { IncomingMessage } from 'node:http';

const errors = new WeakMap<object, unknown>();

/** Keeps the error that a request was answered 500 for: a test wants to see the error itself. */
export function noteUnhandled(request: IncomingMessage, error: unknown): void {
  errors.set(request, error);
}

export function unhandledOf(request: IncomingMessage): { readonly error: unknown } | undefined {
  return errors.has(request) ? { error: errors.get(request) } : undefined;
}
