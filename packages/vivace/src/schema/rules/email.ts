import { domainToASCII } from 'node:url';

/** Addresses that surely are ones, at a twentieth of the time that the rules need. */
export const PLAIN_EMAIL =
  /^(?=[^@]{1,64}@)[a-z0-9]+(?:[._+-][a-z0-9]+){0,8}@(?=.{1,100}$)(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,20}){0,2}\.){1,4}[a-z]{2,20}$/i;

const LONGEST_TEXT = 2048;
const LONGEST = 254;
const LONGEST_DOMAIN = 253;
const LONGEST_LABEL = 63;

const NO_SIGN = 'An email address must have an @-sign.';
const DISPLAY_NAME =
  'A display name and angle brackets around the email address are not permitted here.';
const QUOTED = 'Quoting the part before the @-sign is not allowed here.';

/**
 * Why a text is no e-mail address, in the words of Python's email-validator: the rules of pydantic, but that names
 * around an address and blanks are refused, and names of a network's own (`.local`, `.test`) are not. Forms that are
 * refused whole (a name around the address, a quoted part, a bracketed host) are not looked into.
 */
export function emailProblem(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return `Length must not exceed ${LONGEST_TEXT} characters`;
  if (/[\r\n]/.test(text)) return 'Carriage return and line feed characters are not allowed';
  const at = signOutsideQuotes(text);
  if (at < 0) return withoutSign(text);
  if (text[at] === '<') return DISPLAY_NAME;
  if (text.startsWith('"')) return QUOTED;
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return localProblem(local) ?? domainProblem(domain) ?? lengthProblem(local, domain);
}

/** Where the first `@` or `<` is that stands in no quotes. */
function signOutsideQuotes(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '@' || character === '<')) return at;
  }
  return -1;
}

function withoutSign(text: string): string {
  if (text.includes('\uff20'))
    return 'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.';
  return text.includes('\ufe6b')
    ? 'The email address has the "small commercial at" character instead of a regular at-sign.'
    : NO_SIGN;
}

function localProblem(local: string): string | undefined {
  if (local === '') return 'There must be something before the @-sign.';
  const wrong = listed(local, /[^\w!#$%&'*+/=?^`{|}~.\-\u0080-\u{10ffff}]/gu);
  if (wrong !== '')
    return `The email address contains invalid characters before the @-sign: ${wrong}.`;
  return (
    periodProblem(
      local,
      'An email address cannot have a period immediately before the @-sign.',
      'An email address cannot start with a period.',
    ) ?? unsafeProblem(local)
  );
}

function domainProblem(domain: string): string | undefined {
  if (domain === '') return 'There must be something after the @-sign.';
  if (domain.startsWith('[') && domain.endsWith(']'))
    return 'A bracketed IP address after the @-sign is not allowed here.';
  const tooMany = [...domain].length - LONGEST_DOMAIN;
  if (tooMany > 0) return `The email address is too long after the @-sign ${excess(tooMany)}.`;
  const wrong = listed(domain, /[^a-zA-Z0-9\-.\u0080-\u{10ffff}]/gu);
  if (wrong !== '') return `The part after the @-sign contains invalid characters: ${wrong}.`;
  return unsafeProblem(domain) ?? nameProblem(mapped(domain)) ?? hostProblem(asciiOf(domain));
}

/** With the full stops of other scripts, and of each letter the usual form. */
function mapped(domain: string): string {
  return isAscii(domain) ? domain : domain.normalize('NFKC').replaceAll(/[\u3002\uff61]/g, '.');
}

/** As it is asked for in the DNS; empty where it has no such form. */
function asciiOf(domain: string): string {
  const name = mapped(domain);
  return isAscii(name) ? name : domainToASCII(name);
}

/** What is wrong with periods and hyphens. */
function nameProblem(name: string): string | undefined {
  const end = (what: string) => `An email address cannot end with a ${what}.`;
  const start = (what: string) =>
    `An email address cannot have a ${what} immediately after the @-sign.`;
  const period = periodProblem(name, end('period'), start('period'));
  if (period !== undefined) return period;
  if (name.endsWith('-')) return end('hyphen');
  if (name.startsWith('-')) return start('hyphen');
  if (/\.-|-\./.test(name))
    return 'An email address cannot have a period and a hyphen next to each other.';
  return name.split('.').some((label) => /^(?!xn)..--/iu.test(label))
    ? 'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.'
    : undefined;
}

function hostProblem(host: string): string | undefined {
  if (host === '') return 'The part after the @-sign contains invalid characters.';
  const tooMany = host.length - LONGEST_DOMAIN;
  if (tooMany > 0)
    return `The email address is too long after the @-sign (${tooMany} byte${plural(tooMany)} too many after IDNA encoding).`;
  const labels = host.split('.');
  const long = labels.find((label) => label.length > LONGEST_LABEL);
  if (long !== undefined)
    return `After the @-sign, periods cannot be separated by so many characters ${excess(long.length - LONGEST_LABEL)}.`;
  if (labels.length === 1)
    return 'The part after the @-sign is not valid. It should have a period.';
  return /[a-z]$/i.test(host)
    ? undefined
    : 'The part after the @-sign is not valid. It is not within a valid top-level domain.';
}

function periodProblem(text: string, atEnd: string, atStart: string): string | undefined {
  if (text.endsWith('.')) return atEnd;
  if (text.startsWith('.')) return atStart;
  return text.includes('..') ? 'An email address cannot have two periods in a row.' : undefined;
}

/** Characters that would change how text around them looks, or that stand for nothing. */
function unsafeProblem(text: string): string | undefined {
  const unsafe = listed(text, /^\p{M}|[^\p{L}\p{N}\p{P}\p{S}\p{M}]/gu);
  return unsafe === '' ? undefined : `The email address contains unsafe characters: ${unsafe}.`;
}

/** In bytes: characters that have several are said as what they are at least and at most. */
function lengthProblem(local: string, domain: string): string | undefined {
  const text = `${local}@${domain}`;
  const tooMany = Buffer.byteLength(text) - LONGEST;
  if (tooMany > 0) {
    const widest = Math.max(...Array.from(text, (character) => Buffer.byteLength(character)));
    const least = Math.max(1, Math.floor(tooMany / widest));
    const count = least === tooMany ? `${tooMany}` : `${least}-${tooMany}`;
    return `The email address is too long (${count} character${plural(tooMany)} too many).`;
  }
  const more = Buffer.byteLength(`${local}@${asciiOf(domain)}`) - LONGEST;
  return more > 0
    ? `The email address is too long when the part after the @-sign is converted to IDNA ASCII (${more} byte${plural(more)} too many).`
    : undefined;
}

function excess(count: number): string {
  return `(${count} character${plural(count)} too many)`;
}

function plural(count: number): string {
  return count === 1 ? '' : 's';
}

/** Each character that a pattern finds, once, as it can be shown. */
function listed(text: string, wrong: RegExp): string {
  return [...new Set(text.match(wrong))].map(shown).toSorted().join(', ');
}

function shown(character: string): string {
  if (character === ' ') return 'SPACE';
  if (character === '\\') return '"\\"';
  if (character === "'") return `"'"`;
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `'${character}'`;
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
