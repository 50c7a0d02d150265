import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { fitsOrigin } from '../http/fits-origin';

/** Who may call: everyone, or these. */
export type Origins = '*' | readonly (string | RegExp)[];

/** Origins that only a pattern for everything fits. */
const STRANGERS = ['https://a.invalid', 'http://b.invalid:8080', 'https://sub.c.invalid'];

/** Checks the origins of a program. */
export function readOrigins(
  origins: readonly (string | RegExp)[],
  credentials: boolean,
  place: Where,
): Origins {
  const where = { file: place.file, line: place.line, member: 'cors', parameter: 'origins' };
  const open = origins.find(
    (origin) => origin === '*' || STRANGERS.every((stranger) => fitsOrigin(stranger, origin)),
  );
  if (open !== undefined && credentials) {
    throw new BootError(
      'CORS_CREDENTIALS',
      where,
      `${typeof open === 'string' ? `'*'` : String(open)} lets the pages of every site call with the cookies of the visitor.`,
      `the origins that are yours, origins: ['https://shop.example'], or no credentials`,
    );
  }
  for (const origin of origins)
    if (typeof origin === 'string' && origin !== '*') checkOrigin(origin, where);
  return origins.includes('*') ? '*' : origins;
}

export function isAllowedOrigin(origin: string, allowed: Origins): boolean {
  return allowed === '*' || allowed.some((one) => fitsOrigin(origin, one));
}

function checkOrigin(origin: string, where: Where): void {
  const right = originOf(origin);
  if (right === origin || origin === 'null') return;
  throw new BootError(
    'CORS_ORIGIN',
    where,
    `'${origin}' is not an origin as browsers send it: scheme, host and port, without a path.`,
    right === undefined
      ? `'https://${origin.replace(/^\W*/, '') || 'shop.example'}'`
      : `'${right}'`,
  );
}

function originOf(text: string): string | undefined {
  const { origin } = URL.canParse(text) ? new URL(text) : { origin: 'null' };
  if (origin !== 'null') return origin;
  // Applications in a shell have schemes of their own.
  return /^[a-z][a-z\d+.-]*:\/\/[\w.:[\]-]+$/.test(text) ? text : undefined;
}
