import { JSONResponse } from '../responses/json-response';
import { withoutEnd } from '../text/ends';

/** The longest reason that a close frame holds, in bytes. */
const REASON = 123;

/** What a WebSocket is closed with; as a response, what its handshake is refused with. */
export class Closing extends JSONResponse {
  constructor(
    readonly code: number,
    readonly reason: string,
    detail: unknown = reason === '' ? 'Forbidden' : reason,
  ) {
    super({ detail }, { status: 403 });
  }
}

/** Whether a close frame may carry a code (RFC 6455, 7.4). */
export function isCloseCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
    (code >= 3000 && code <= 4999)
  );
}

/** As much of a reason as a close frame holds. */
export function closeReason(reason: string): string {
  const bytes = Buffer.from(reason);
  // A character that was cut in two is left out.
  return bytes.length <= REASON
    ? reason
    : withoutEnd(bytes.subarray(0, REASON).toString(), '\uFFFD');
}
