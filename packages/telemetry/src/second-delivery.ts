/** Whether an error says that the event was handled before: `@vivace/events` ends a second delivery so, and it is no failure. */
export function isSecondDelivery(error: unknown): boolean {
  return error instanceof Error && error.name === 'AlreadyHandled';
}
