/** What is sent to a room, as all processes hear it. */
export interface Message {
  /** No two messages have one. */
  readonly id: string;
  readonly room: string;
  readonly data: string | Uint8Array;
}

interface Sent {
  readonly id: string;
  readonly room: string;
  readonly text?: string;
  /** In base64. */
  readonly bytes?: string;
}

/** The text of a message: JSON, which has no character that PostgreSQL does not take. */
export function encodeMessage({ id, room, data }: Message): string {
  const body =
    typeof data === 'string' ? { text: data } : { bytes: Buffer.from(data).toString('base64') };
  return JSON.stringify({ id, room, ...body } satisfies Sent);
}

export function decodeMessage(encoded: string): Message {
  const { id, room, text, bytes = '' } = JSON.parse(encoded) as Sent;
  return { id, room, data: text ?? new Uint8Array(Buffer.from(bytes, 'base64')) };
}
