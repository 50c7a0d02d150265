/** What stays as it is in a `Location`, as in Starlette: letters, digits, and `_.-~:/%#?=@[]!$&'()*+,;`. */
const UNSAFE = /[^\w.\-~:/%#?=@[\]!$&'()*+,;]+/g;

/** What browsers leave out of an address: blanks and controls before it, and breaks of a line anywhere. */
const LEFT_OUT = /^[\0-\x20]+|[\t\n\r]/g;

/**
 * The text of a `Location` header.
 *
 * @param external whether the program means to lead elsewhere
 * @throws RangeError for a text that would lead to another host than it seems, or to another program than a browser
 */
export function locationText(url: string, external: boolean): string {
  const away = external ? undefined : leadsAway(url);
  if (away !== undefined)
    throw new RangeError(
      `RedirectResponse(${JSON.stringify(url.slice(0, 200))}): ${away}. If that is meant: new RedirectResponse(url, { external: true }).`,
    );
  return url.replace(UNSAFE, (text) => encoded(text.toWellFormed()));
}

/** Why a text is no address of this server, nor an absolute one of the web that can be seen as such. */
function leadsAway(url: string): string | undefined {
  const text = url.replace(LEFT_OUT, '');
  if (/^[/\\]{2}/.test(text)) return 'browsers read what follows as the name of another host';
  const scheme = /^[a-z][\w+.-]*:/i.exec(text)?.[0].toLowerCase();
  if (scheme === undefined || /^https?:\/\/[^/\\]/i.test(text)) return undefined;
  return `it begins with the scheme '${scheme}'`;
}

function encoded(text: string): string {
  return Buffer.from(text).reduce(
    (all, byte) => `${all}%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    '',
  );
}
