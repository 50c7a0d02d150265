/**
 * A text without a character at its end, however often it stands there.
 *
 * A pattern such as `/0+$/` looks at each run again from each of its characters: in a text from outside that is the square of its length.
 */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/** The members of a list with commas, without the blanks around them and without empty ones. */
export function listMembers(list: string): readonly string[] {
  return list
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** A host without its port. */
export function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon >= 0 && /^\d*$/.test(host.slice(colon + 1)) ? host.slice(0, colon) : host;
}
