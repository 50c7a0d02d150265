/** The JSON of an answer, or its text where that is none. */
export function jsonOf(text: string, revive?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive);
  } catch {
    return text;
  }
}
