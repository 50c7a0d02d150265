const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const URN = 'urn:uuid:';
/** `urn:uuid:` and 36 characters. */
const LONGEST = 45;
const GROUPS = [8, 4, 4, 4, 12];

/** Whether a text is a UUID as it is mostly written. */
export const isPlainUuid = (text: string): boolean => UUID.test(text);

/** Why a text is no UUID, in the words of the parser that pydantic has. */
export function uuidProblem(text: string): string | undefined {
  const length = Buffer.byteLength(text);
  if (length > LONGEST) return `invalid length: found ${length}`;
  // Texts of these lengths are what is inside braces or behind `urn:`.
  const isInner = length === 32 || length === 36;
  const braced = !isInner && length > 1 && text.startsWith('{') && text.endsWith('}');
  const start = braced ? 1 : !isInner && text.startsWith(URN) ? URN.length : 0;
  const inner = text.slice(start, braced ? -1 : undefined);
  if (UUID.test(inner) || (start === 0 && /^[0-9a-f]{32}$/i.test(inner))) return undefined;
  const wrong = /[^0-9A-Fa-f-]/u.exec(inner);
  if (wrong !== null) {
    const before = Buffer.byteLength(inner.slice(0, wrong.index));
    const isWhole = Buffer.byteLength(inner) === 36;
    return `invalid character: found \`${wrong[0]}\` at ${isWhole ? before : start + before}`;
  }
  const groups = inner.split('-');
  if (groups.length === 1 && start === 0 && length !== 36) return `invalid length: found ${length}`;
  if (groups.length !== GROUPS.length)
    return `invalid group count: expected 5, found ${groups.length}`;
  const at = groups.findIndex((group, index) => group.length !== GROUPS[index]);
  // The last one is counted with what is around.
  const found = at === 4 ? length - 24 : groups[at]!.length;
  return `invalid group length in group ${at}: expected ${GROUPS[at]}, found ${found}`;
}
