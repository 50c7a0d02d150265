import * as cv from 'class-validator';

export type Make = (options?: cv.ValidationOptions) => PropertyDecorator;

export enum Colour {
  red = 'red',
  blue = 'blue',
}
export enum Level {
  low,
  high = 5,
}
export class Animal {
  name = '';
}

const EPOCH = new Date('2020-01-01T00:00:00Z');

/** A decorator whose arguments come before its options. */
const calls = (
  decorator: (...args: never[]) => PropertyDecorator,
  ...lists: readonly (readonly unknown[])[]
): readonly Make[] =>
  lists.map(
    (args) => (options) =>
      (decorator as (...all: unknown[]) => PropertyDecorator)(...args, options),
  );
const plain = (
  decorator: (options?: cv.ValidationOptions) => PropertyDecorator,
): readonly Make[] => [decorator];

/** Every decorator of class-validator that checks a value, each with its arguments. */
export const decorators: Readonly<Record<string, readonly Make[]>> = {
  IsDefined: plain(cv.IsDefined),
  Equals: calls(cv.Equals, ['a'], [1], [null], [true]),
  NotEquals: calls(cv.NotEquals, ['a'], [1], [null]),
  IsEmpty: plain(cv.IsEmpty),
  IsNotEmpty: plain(cv.IsNotEmpty),
  IsIn: calls(cv.IsIn, [['a', 1, true]], [[]], [['b', 'c']]),
  IsNotIn: calls(cv.IsNotIn, [['a', 1, true]], [[]]),
  IsString: plain(cv.IsString),
  IsInt: plain(cv.IsInt),
  IsNumber: calls(
    cv.IsNumber,
    [undefined],
    [{ allowNaN: true }],
    [{ allowInfinity: true }],
    [{ allowNaN: true, allowInfinity: true }],
    [{ maxDecimalPlaces: 0 }],
    [{ maxDecimalPlaces: 8 }],
  ),
  IsBoolean: plain(cv.IsBoolean),
  IsDate: plain(cv.IsDate),
  IsArray: plain(cv.IsArray),
  IsObject: plain(cv.IsObject),
  IsNotEmptyObject: calls(
    cv.IsNotEmptyObject,
    [undefined],
    [{ nullable: true }],
    [{ nullable: false }],
  ),
  IsEnum: calls(cv.IsEnum, [Colour], [Level], [{ a: 1, b: 'x' }]),
  IsInstance: calls(cv.IsInstance, [Animal], [Date]),
  Min: calls(cv.Min, [3], [0], [-1.5]),
  Max: calls(cv.Max, [3], [0], [1e21]),
  IsPositive: plain(cv.IsPositive),
  IsNegative: plain(cv.IsNegative),
  IsDivisibleBy: calls(cv.IsDivisibleBy, [2], [5], [1]),
  MinDate: calls(cv.MinDate, [EPOCH], [() => EPOCH]),
  MaxDate: calls(cv.MaxDate, [EPOCH], [() => EPOCH]),
  MinLength: calls(cv.MinLength, [0], [1], [3]),
  MaxLength: calls(cv.MaxLength, [0], [1], [3]),
  Length: calls(cv.Length, [1, 2], [3, undefined], [0, 3]),
  Matches: [
    (options) => cv.Matches(/^a+$/, options),
    (options) => cv.Matches(/b/gi, options),
    (options) => cv.Matches(/a/y, options),
    (options) => cv.Matches('^A', 'i', options),
    (options) => cv.Matches(/^.$/u, options),
  ],
  Contains: calls(cv.Contains, ['a'], ['']),
  NotContains: calls(cv.NotContains, ['a'], ['']),
  IsAlpha: calls(cv.IsAlpha, [undefined], ['en-US'], ['de-DE']),
  IsAlphanumeric: calls(cv.IsAlphanumeric, [undefined], ['en-US'], ['fr-FR']),
  IsAscii: plain(cv.IsAscii),
  IsDecimal: calls(
    cv.IsDecimal,
    [undefined],
    [{ force_decimal: true, decimal_digits: '2' }],
    [{ locale: 'de-DE' }],
  ),
  IsNumberString: calls(cv.IsNumberString, [undefined], [{ no_symbols: true }]),
  IsBooleanString: plain(cv.IsBooleanString),
  IsBase64: calls(cv.IsBase64, [undefined], [{ urlSafe: true }], [{ padding: false }]),
  IsBase32: plain(cv.IsBase32),
  IsBase58: plain(cv.IsBase58),
  IsByteLength: calls(cv.IsByteLength, [1, 3], [2, undefined], [0, 2]),
  IsCreditCard: plain(cv.IsCreditCard),
  IsCurrency: calls(cv.IsCurrency, [undefined], [{ symbol: '€', require_symbol: true }]),
  IsISO4217CurrencyCode: plain(cv.IsISO4217CurrencyCode),
  IsEmail: calls(
    cv.IsEmail,
    [undefined],
    [{ allow_display_name: true }],
    [{ host_blacklist: ['b.co'] }],
  ),
  IsFQDN: calls(cv.IsFQDN, [undefined], [{ require_tld: false }]),
  IsUrl: calls(
    cv.IsUrl,
    [undefined],
    [{ protocols: ['https'], require_protocol: true }],
    [{ require_tld: false }],
  ),
  IsUUID: calls(cv.IsUUID, [undefined], ['all'], ['4'], [1], ['loose'], ['none']),
  IsIP: calls(cv.IsIP, [undefined], [4], ['6']),
  IsPort: plain(cv.IsPort),
  IsMACAddress: calls(cv.IsMACAddress, [{}], [{ no_separators: true }], [{ eui: '64' }]),
  IsJSON: plain(cv.IsJSON),
  IsJWT: plain(cv.IsJWT),
  IsISO8601: calls(cv.IsISO8601, [undefined], [{ strict: true }], [{ strictSeparator: true }]),
  IsDateString: calls(cv.IsDateString, [{}], [{ strict: true }]),
  IsRFC3339: plain(cv.IsRFC3339),
  IsMilitaryTime: plain(cv.IsMilitaryTime),
  IsTimeZone: plain(cv.IsTimeZone),
  IsLowercase: plain(cv.IsLowercase),
  IsUppercase: plain(cv.IsUppercase),
  IsHexColor: plain(cv.IsHexColor),
  IsHSL: plain(cv.IsHSL),
  IsRgbColor: calls(cv.IsRgbColor, [undefined], [false], [true]),
  IsHexadecimal: plain(cv.IsHexadecimal),
  IsOctal: plain(cv.IsOctal),
  IsHash: calls(cv.IsHash, ['md5'], ['sha1'], ['none']),
  IsMongoId: plain(cv.IsMongoId),
  IsFirebasePushId: plain(cv.IsFirebasePushId),
  IsISO31661Alpha2: plain(cv.IsISO31661Alpha2),
  IsISO31661Alpha3: plain(cv.IsISO31661Alpha3),
  IsISO31661Numeric: plain(cv.IsISO31661Numeric),
  IsISO6391: plain(cv.IsISO6391),
  IsPhoneNumber: calls(cv.IsPhoneNumber, [undefined], ['DE'], ['US']),
  IsMobilePhone: calls(
    cv.IsMobilePhone,
    [undefined, undefined],
    ['de-DE', undefined],
    [['en-US', 'de-DE'], { strictMode: true }],
  ),
  IsPostalCode: calls(cv.IsPostalCode, [undefined], ['any'], ['DE']),
  IsIdentityCard: calls(cv.IsIdentityCard, [undefined], ['any'], ['ES']),
  IsPassportNumber: calls(cv.IsPassportNumber, ['DE'], ['US']),
  IsTaxId: calls(cv.IsTaxId, [undefined], ['en-US'], ['de-DE']),
  IsLatLong: plain(cv.IsLatLong),
  IsLatitude: plain(cv.IsLatitude),
  IsLongitude: plain(cv.IsLongitude),
  IsBIC: plain(cv.IsBIC),
  IsIBAN: calls(cv.IsIBAN, [undefined], [{ whitelist: ['DE'] }]),
  IsISIN: plain(cv.IsISIN),
  IsISBN: calls(cv.IsISBN, [undefined], ['10'], [13]),
  IsISSN: calls(cv.IsISSN, [undefined], [{ require_hyphen: true }], [{ case_sensitive: true }]),
  IsEAN: plain(cv.IsEAN),
  IsISRC: plain(cv.IsISRC),
  IsBtcAddress: plain(cv.IsBtcAddress),
  IsEthereumAddress: plain(cv.IsEthereumAddress),
  IsDataURI: plain(cv.IsDataURI),
  IsMagnetURI: plain(cv.IsMagnetURI),
  IsMimeType: plain(cv.IsMimeType),
  IsSemVer: plain(cv.IsSemVer),
  IsLocale: plain(cv.IsLocale),
  IsMultibyte: plain(cv.IsMultibyte),
  IsFullWidth: plain(cv.IsFullWidth),
  IsHalfWidth: plain(cv.IsHalfWidth),
  IsVariableWidth: plain(cv.IsVariableWidth),
  IsSurrogatePair: plain(cv.IsSurrogatePair),
  IsStrongPassword: calls(
    cv.IsStrongPassword,
    [undefined],
    [{ minLength: 3, minSymbols: 0, minUppercase: 0 }],
  ),
  ArrayNotEmpty: plain(cv.ArrayNotEmpty),
  ArrayMinSize: calls(cv.ArrayMinSize, [0], [2]),
  ArrayMaxSize: calls(cv.ArrayMaxSize, [0], [1]),
  ArrayContains: calls(cv.ArrayContains, [['a']], [[1, 2]], [[]]),
  ArrayNotContains: calls(cv.ArrayNotContains, [['a']], [[1]], [[]]),
  ArrayUnique: [
    (options) => cv.ArrayUnique(options),
    (options) => cv.ArrayUnique((item: unknown) => String(item).length, options),
  ],
};

/** Exports of the package that look like decorators of a value and are none, or that say what is done with it, not whether it fits. */
export const otherExports: readonly string[] = [
  'Allow',
  'IsOptional',
  'Validate',
  'ValidateBy',
  'ValidateIf',
  'ValidateNested',
  'ValidatePromise',
  'ValidatorConstraint',
  'ValidationError',
  'ValidationTypes',
  'Validator',
  'MetadataStorage',
];
