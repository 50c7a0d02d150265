import { isIP } from 'node:net';
import type { Difference } from './compare';
import { refused, requestOf, taken, type Deliberate } from './covering';
import type { Program } from './description';

/** Differences in texts that have a form, and in instants. */
export const FORMATS: Readonly<Record<string, Deliberate>> = {
  'names around addresses': {
    reason: 'An `email` is the address alone, because it is kept as it was sent.',
    covers: (ours, theirs) =>
      ours?.type === 'value_error' &&
      (theirs === undefined || theirs.type === ours.type) &&
      /^\s|\s$|<.*>$|^\*+$/.test(String(ours.input)),
  },
  'reserved domains': {
    reason: "Networks of one's own have mail too, and tests use `.test`.",
    covers: taken(/^value_error$/, ({ msg }) => msg.includes('special-use')),
  },
  'forms of addresses': {
    reason: 'A quoted name, a name around an address and a bracketed host are refused whole.',
    covers: (ours, theirs) =>
      ours?.type === 'value_error' &&
      theirs?.type === ours.type &&
      /Quoting the part|A display name and|A bracketed IP address/.test(ours.msg),
  },
  'international domains': {
    reason: 'Names of hosts are as browsers read them (UTS 46), not as IDNA 2008 has them.',
    covers: (ours, theirs) =>
      /@-sign (is|contains)|IDNA|international domain name/.test(theirs?.msg ?? '') &&
      /^(value_error|url_(parsing|scheme))$/.test((ours ?? theirs)!.type) &&
      /xn--|[^\0-\x7f]/i.test(String(theirs?.input).replaceAll(/[\t\n\r]/g, '')),
  },
  'URLs of browsers': {
    reason: 'What is a URL is what browsers take for one: `x://@` and `x://a:\\\\` are none.',
    covers: (ours, theirs) =>
      ours?.type === 'url_parsing' &&
      (theirs === undefined || theirs.type === 'url_scheme') &&
      /:\/\/[^/?#]*(@([/?#]|$)|\\)/.test(String(ours.input).replaceAll(/[\t\n\r]/g, '')),
  },
  'letters of UUIDs': {
    reason: 'pydantic takes some letters of other scripts for digits where it says what is wrong.',
    covers: (ours, theirs) =>
      ours?.type === 'uuid_parsing' &&
      theirs?.type === ours.type &&
      /[^\0-\x7f]/.test(String(ours.input)),
  },
  'names of characters': {
    reason: 'An invisible character is shown by its number.',
    covers: (ours, theirs) => / U\+/.test(ours?.msg ?? '') && ours?.type === theirs?.type,
  },
  'addresses are text': {
    reason: 'Python takes 1 for the address 0.0.0.1.',
    covers: (ours, theirs, difference) =>
      ours === undefined && theirs === undefined
        ? isMadeAddress(difference)
        : refused(/^ip_any_address$/, (input) => typeof input !== 'string' || /^\*+$/.test(input))(
            ours,
            theirs,
          ),
  },
  'overflowing timestamps': {
    reason: 'A text of more than 64 bits is no timestamp; pydantic counts round 2^64.',
    covers: (ours) =>
      /^date.*_parsing$/.test(ours?.type ?? '') && Math.abs(Number(ours!.input)) >= 2 ** 63,
  },
  'fractions of milliseconds': {
    reason: 'Beyond 2e10 a number is in milliseconds; pydantic divides a text with a point twice.',
    covers: (ours, theirs, difference, program) => {
      const issue = ours ?? theirs;
      if (issue !== undefined) return issue.type.startsWith('date') && isLong(String(issue.input));
      const instants = [difference.ours, difference.theirs].map(millisecondsOf);
      return !instants.some(Number.isNaN) && textsOf(program).some(isLong);
    },
  },
  'rest of a fraction': {
    reason: 'pydantic cuts off what stands behind the sixth digit of a fraction, whatever it is.',
    covers: refused(/^time_delta_parsing$/, (input) => /[.,]\d{6}\d*\D/.test(String(input))),
  },
  'fractions before 1970': {
    reason: 'A number of seconds below zero loses its fraction in pydantic: -0.25 becomes -0.75.',
    covers: (_ours, _theirs, { ours, theirs }) => {
      const [left, right] = [millisecondsOf(ours), millisecondsOf(theirs)];
      // The earlier of two parts of a millisecond is another.
      return left < 0 && right < 0 && Math.abs(((left + right - 500) % 1000) + 500) <= 1;
    },
  },
};

/** The instant of a date, here or there; else NaN. */
function millisecondsOf(seen: unknown): number {
  if (typeof seen === 'string') return Date.parse(seen);
  if (typeof seen !== 'object' || seen === null) return NaN;
  const { value, milliseconds } = seen as { value?: string; milliseconds?: number };
  return milliseconds ?? Date.parse(value ?? '');
}

/** Whether a text is a number with a point that stands for milliseconds. */
function isLong(text: string): boolean {
  return /^[+-]?(\d+\.\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Math.abs(Number(text)) > 2e10;
}

/** The numbers that were sent. */
function textsOf(program: Program): readonly string[] {
  const { url, headers = [], body = '' } = requestOf(program);
  const sent = [url, ...headers.map(([, value]) => value), body].join(' ');
  return decodeURIComponent(sent.replaceAll(/%(?![\da-f]{2})/gi, '%25')).match(/[+-.\de]+/gi) ?? [];
}

/** Whether Python made an address of what is none here. */
function isMadeAddress({ ours, theirs, ...more }: Difference): boolean {
  const isAddress =
    ('kind' in more && more.kind === 'ip') || JSON.stringify(theirs ?? '').includes('"$text":"ip"');
  return isAddress && (typeof ours !== 'string' || isIP(ours) === 0);
}
