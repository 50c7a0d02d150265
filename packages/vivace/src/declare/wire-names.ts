import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';

/** The name of a header (RFC 9110): any other ends in the parser of HTTP. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Clients send more than RFC 6265 allows, such as `user[id]`, but not what stands between cookies, or around them. */
const COOKIE = /^(?! )[^\p{Cc};=\u0100-\u{10ffff}]+(?<! )$/u;
/** What can be set: clients give back what they were given. */
const SET_COOKIE = /^[!-:<>-~]+$/;
/** What can stand in a header of an answer. */
const TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;
const NAMES = {
  header: [TOKEN, 'letters, digits and hyphens only', 'X-API-Key'],
  cookie: [COOKIE, "a name without ';', '=' and blanks around it", 'api_key'],
  setCookie: [SET_COOKIE, "a name of ASCII without ';', '=' and blanks", 'session'],
  query: [/[^]/, 'a name', 'api_key'],
  scheme: [TOKEN, 'letters, digits and hyphens only', 'Hawk'],
} as const;
const NOUNS = {
  header: 'header',
  cookie: 'cookie',
  setCookie: 'cookie that is set',
  query: 'query parameter',
  scheme: 'authentication scheme',
} as const;

/**
 * Refuses a name that no client can send: what it names would be missing in every request.
 *
 * @throws BootError WIRE_NAME
 */
export function checkWireName(kind: keyof typeof NAMES, name: string, where: Where): void {
  const [pattern, write, example] = NAMES[kind];
  if (pattern.test(name)) return;
  throw new BootError(
    'WIRE_NAME',
    where,
    `No ${NOUNS[kind]} can be called ${JSON.stringify(name)}.`,
    `${write}, such as '${example}'`,
  );
}

/**
 * Refuses a text that cannot stand in a header: the answer that it belongs to would be a 500.
 *
 * @throws BootError HEADER_TEXT
 */
export function checkHeaderText(text: string, where: Where): void {
  if (TEXT.test(text)) return;
  throw new BootError(
    'HEADER_TEXT',
    where,
    `${JSON.stringify(text)} cannot stand in a header.`,
    'one line of letters, digits and signs of Latin-1',
  );
}
