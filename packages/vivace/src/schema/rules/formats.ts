import { PLAIN_EMAIL } from './email';
import { always, notDateTime, notEmail, notIp, notUrl, notUuid, notValid } from './format-problems';
import { predicates as cv } from './predicates';
import type { Rule, Rules } from './rule';

type Predicate = (...args: never[]) => boolean;
type Keywords = Readonly<Record<string, unknown>>;
type Explain = Rule['explain'];

/** class-validator throws where it cannot judge a text (a lone surrogate, a missing locale): such a text is refused. */
function holds(predicate: Predicate, value: unknown, args: readonly unknown[]): boolean {
  try {
    return (predicate as (...all: unknown[]) => boolean)(value, ...args);
  } catch {
    return false;
  }
}

function text(
  predicate: Predicate,
  explain: string | Explain,
  keywords?: Keywords | ((args: readonly unknown[]) => Keywords),
): Rule {
  return {
    for: ['string'],
    test: (value, args) => typeof value === 'string' && holds(predicate, value, args),
    ...(keywords && {
      document: (args) => (typeof keywords === 'function' ? keywords(args) : keywords),
    }),
    explain: typeof explain === 'string' ? notValid(explain) : explain,
  };
}
const pattern = (source: string): Keywords => ({ pattern: source });
/** Where class-validator would throw for a missing locale, any locale counts. */
const anyLocale =
  (predicate: (value: unknown, locale: never) => boolean): Predicate =>
  (value: unknown, locale: string = 'any') =>
    predicate(value, locale as never);

const coordinate = (predicate: (value: string) => boolean): Rule => ({
  for: ['number', 'string'],
  test: (value) => holds(predicate, value, []),
  explain: notValid('coordinate'),
});

/** Texts of a form that class-validator's own predicates decide. */
export const formats: Rules = {
  isEmail: {
    ...text(cv.isEmail, notEmail, { format: 'email' }),
    emit: (value, args, constant) => {
      const asked = `${constant((text: string) => holds(cv.isEmail, text, args))}(${value})`;
      return args[0] === undefined ? `${constant(PLAIN_EMAIL)}.test(${value}) || ${asked}` : asked;
    },
  },
  isUrl: text(cv.isURL, notUrl, { format: 'uri' }),
  isUuid: text(cv.isUUID, notUuid, { format: 'uuid' }),
  isIp: text(cv.isIP, notIp, ([version]) =>
    version === undefined
      ? { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }
      : { format: `ipv${String(version)}` },
  ),
  isFqdn: text(cv.isFQDN, 'domain name', { format: 'hostname' }),
  isPort: text(cv.isPort, 'port', pattern('^\\d{1,5}$')),
  isMacAddress: text(cv.isMACAddress, 'MAC address'),
  isAlpha: text(cv.isAlpha, 'alphabetic string', ([locale]) =>
    locale === undefined || locale === 'en-US' ? pattern('^[A-Za-z]+$') : {},
  ),
  isAlphanumeric: text(cv.isAlphanumeric, 'alphanumeric string', ([locale]) =>
    locale === undefined || locale === 'en-US' ? pattern('^[0-9A-Za-z]+$') : {},
  ),
  isAscii: text(
    cv.isAscii,
    always({ type: 'string_not_ascii', msg: 'String should contain only ASCII characters' }),
    pattern('^[\\x00-\\x7F]+$'),
  ),
  isDecimal: text(
    cv.isDecimal,
    always({ type: 'decimal_parsing', msg: 'Input should be a valid decimal' }),
    { format: 'decimal' },
  ),
  isNumberString: text(
    cv.isNumberString,
    always({
      type: 'float_parsing',
      msg: 'Input should be a valid number, unable to parse string as a number',
    }),
    pattern('^[+-]?([0-9]*[.])?[0-9]+$'),
  ),
  isBooleanString: text(
    cv.isBooleanString,
    always({
      type: 'bool_parsing',
      msg: 'Input should be a valid boolean, unable to interpret input',
    }),
    {
      enum: ['true', 'false', '1', '0'],
    },
  ),
  isBase64: text(cv.isBase64, 'base64 string', { contentEncoding: 'base64' }),
  isBase32: text(cv.isBase32, 'base32 string', pattern('^[A-Z2-7]+=*$')),
  isBase58: text(cv.isBase58, 'base58 string', pattern('^[A-HJ-NP-Za-km-z1-9]*$')),
  isCreditCard: text(cv.isCreditCard, 'payment card number'),
  isCurrency: text(cv.isCurrency, 'currency amount'),
  isISO4217CurrencyCode: text(
    cv.isISO4217CurrencyCode,
    'ISO 4217 currency code',
    pattern('^[A-Za-z]{3}$'),
  ),
  isJson: text(
    cv.isJSON,
    always({
      type: 'json_invalid',
      msg: 'Invalid JSON: expected value',
      ctx: { error: 'expected value' },
    }),
    {
      contentMediaType: 'application/json',
    },
  ),
  isJwt: text(cv.isJWT, 'JWT'),
  isIso8601: text(cv.isISO8601, notDateTime, {
    anyOf: [{ format: 'date' }, { format: 'date-time' }],
  }),
  isDateString: text(cv.isDateString, 'ISO 8601 date', {
    anyOf: [{ format: 'date' }, { format: 'date-time' }],
  }),
  isRFC3339: text(
    cv.isRFC3339,
    always({
      type: 'datetime_parsing',
      msg: 'Input should be a valid datetime, invalid form',
      ctx: { error: 'invalid form' },
    }),
    {
      format: 'date-time',
    },
  ),
  isMilitaryTime: text(
    cv.isMilitaryTime,
    always({
      type: 'time_parsing',
      msg: 'Input should be in a valid time format, invalid form',
      ctx: { error: 'invalid form' },
    }),
    pattern('^([01]\\d|2[0-3]):?([0-5]\\d)$'),
  ),
  isTimeZone: text(cv.isTimeZone, 'IANA time zone'),
  isLowercase: text(cv.isLowercase, 'text in lower case'),
  isUppercase: text(cv.isUppercase, 'text in upper case'),
  isHexColor: text(
    cv.isHexColor,
    'color',
    pattern('^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$'),
  ),
  isHSL: text(cv.isHSL, 'color'),
  isRgbColor: text(cv.isRgbColor, 'color'),
  isHexadecimal: text(cv.isHexadecimal, 'hexadecimal number', pattern('^(0[xXhH])?[0-9A-Fa-f]+$')),
  isOctal: text(cv.isOctal, 'octal number', pattern('^(0[oO])?[0-7]+$')),
  isHash: text(cv.isHash, 'hash', pattern('^[a-fA-F0-9]+$')),
  isMongoId: text(cv.isMongoId, 'ObjectId', pattern('^[0-9a-fA-F]{24}$')),
  IsFirebasePushId: text(cv.isFirebasePushId, 'Firebase push id', pattern('^[a-zA-Z0-9_-]{20}$')),
  isISO31661Alpha2: text(cv.isISO31661Alpha2, 'country code', pattern('^[A-Za-z]{2}$')),
  isISO31661Alpha3: text(cv.isISO31661Alpha3, 'country code', pattern('^[A-Za-z]{3}$')),
  isISO31661Numeric: text(cv.isISO31661Numeric, 'country code', pattern('^\\d{3}$')),
  isISO6391: text(cv.isISO6391, 'language code', pattern('^[a-z]{2}$')),
  isPhoneNumber: text(cv.isPhoneNumber, 'phone number', { format: 'phone' }),
  isMobilePhone: text(cv.isMobilePhone, 'phone number'),
  isPostalCode: text(anyLocale(cv.isPostalCode), 'postal code'),
  isIdentityCard: text(anyLocale(cv.isIdentityCard), 'identity card number'),
  isPassportNumber: text(cv.isPassportNumber, 'passport number'),
  isTaxId: text(cv.isTaxId, 'tax number'),
  isLatLong: text(cv.isLatLong, 'coordinate'),
  isLatitude: coordinate(cv.isLatitude),
  isLongitude: coordinate(cv.isLongitude),
  isBIC: text(cv.isBIC, 'BIC'),
  isIBAN: text(cv.isIBAN, 'IBAN'),
  isIsin: text(cv.isISIN, 'ISIN'),
  isIsbn: text(cv.isISBN, 'ISBN'),
  isISSN: text(cv.isISSN, 'ISSN'),
  isEAN: text(cv.isEAN, 'EAN'),
  isISRC: text(cv.isISRC, 'ISRC'),
  isBtcAddress: text(cv.isBtcAddress, 'Bitcoin address'),
  isEthereumAddress: text(cv.isEthereumAddress, 'Ethereum address'),
  isDataURI: text(cv.isDataURI, 'data URI', { format: 'uri' }),
  isMagnetURI: text(cv.isMagnetURI, 'magnet URI', { format: 'uri' }),
  isMimeType: text(cv.isMimeType, 'media type'),
  isSemVer: text(cv.isSemVer, 'semantic version'),
  isLocale: text(cv.isLocale, 'locale'),
  isMultibyte: text(cv.isMultibyte, 'text with multibyte characters'),
  isFullWidth: text(cv.isFullWidth, 'text with full-width characters'),
  isHalfWidth: text(cv.isHalfWidth, 'text with half-width characters'),
  isVariableWidth: text(cv.isVariableWidth, 'text with characters of both widths'),
  isSurrogatePair: text(cv.isSurrogatePair, 'text with surrogate pairs'),
  isStrongPassword: text(cv.isStrongPassword, 'strong password', ([options]) => ({
    format: 'password',
    minLength: (options as { minLength?: number } | undefined)?.minLength ?? 8,
  })),
};
