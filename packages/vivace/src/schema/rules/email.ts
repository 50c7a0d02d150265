import { domainToASCII } from 'node:url';

/** Addresses that surely are ones, at a twentieth of the time that the rules need. */
export const PLAIN_EMAIL =
  /^(?=[^@]{1,64}@)[a-z0-9]+(?:[._+-][a-z0-9]+){0,8}@(?=.{1,100}$)(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,20}){0,2}\.){1,4}[a-z]{2,20}$/i;

const LONGEST_TEXT = 2048;
const LONGEST = 254;
const LONGEST_DOMAIN = 253;
const LONGEST_LABEL = 63;

/**
 * Why a text is no e-mail address, in the words of Python's email-validator: the rules of pydantic, but that names
 * around an address and blanks are refused, and names of a network's own (`.local`, `.test`) are not.
 */
export function emailProblem(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return `Length must not exceed ${LONGEST_TEXT} characters`;
  if (/[\r\n]/.test(text)) return 'Carriage return and line feed characters are not allowed';
  const at = text.startsWith('"') ? text.indexOf('@', closingQuote(text)) : text.indexOf('@');
  if (at < 0) return 'An email address must have an @-sign.';
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (local.includes('<'))
    return 'A display name and angle brackets around the email address are not permitted here.';
  return (
    (local.startsWith('"')
      ? 'Quoting the part before the @-sign is not allowed here.'
      : localProblem(local)) ??
    domainProblem(domain) ??
    lengthProblem(text)
  );
}

function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
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
  if (domain.length > LONGEST_DOMAIN)
    return `The email address is too long after the @-sign ${excess(domain.length - LONGEST_DOMAIN)}.`;
  const wrong = listed(domain, /[^a-zA-Z0-9\-.\u0080-\u{10ffff}]/gu);
  if (wrong !== '') return `The part after the @-sign contains invalid characters: ${wrong}.`;
  const unsafe = unsafeProblem(domain);
  if (unsafe !== undefined) return unsafe;
  const ascii = isAscii(domain) ? domain : domainToASCII(domain);
  if (ascii === '') return 'The part after the @-sign contains invalid characters.';
  return hostProblem(ascii);
}

function hostProblem(host: string): string | undefined {
  const end = (what: string) => `An email address cannot end with a ${what}.`;
  const start = (what: string) =>
    `An email address cannot have a ${what} immediately after the @-sign.`;
  const period = periodProblem(host, end('period'), start('period'));
  if (period !== undefined) return period;
  if (host.endsWith('-')) return end('hyphen');
  if (host.startsWith('-')) return start('hyphen');
  if (/\.-|-\./.test(host))
    return 'An email address cannot have a period and a hyphen next to each other.';
  const labels = host.split('.');
  if (labels.some((label) => /^(?!xn)..--/i.test(label)))
    return 'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.';
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

function lengthProblem(text: string): string | undefined {
  const tooMany = Buffer.byteLength(text) - LONGEST;
  return tooMany > 0 ? `The email address is too long ${excess(tooMany)}.` : undefined;
}

function excess(count: number): string {
  return `(${count} character${count === 1 ? '' : 's'} too many)`;
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
