/** Why a response broke off, or a signal was aborted: the client is gone. */
export function clientDisconnected(): DOMException {
  return new DOMException('The client left before the response was complete', 'AbortError');
}
