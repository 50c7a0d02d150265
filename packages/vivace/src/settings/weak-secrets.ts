import { Secret } from '../declare/secret';
import { knownExample, tooShortToSign } from '../declare/weak-secret';
import { wireName } from '../schema/names';
import type { ObjectSchema } from '../schema/schema';

interface WeakSecret {
  readonly place: readonly string[];
  /** The end of a sentence about it. */
  readonly weakness: string;
}

/** Names of keys that the application itself signs with; other secrets are as long as others make them. */
const SIGNS = /(?:^|_)(?:jwt|token|session|cookie|signing|secret)_(?:key|secret)$|^secret$/;

/**
 * The secrets of settings that must not be used in production.
 *
 * @param isGiven whether the environment or a file has a value for a place
 */
export function weakSecrets(
  schema: ObjectSchema,
  settings: unknown,
  isGiven: (place: readonly string[]) => boolean,
  path: readonly string[] = [],
): readonly WeakSecret[] {
  return schema.fields.flatMap((field) => {
    const value = (settings as Readonly<Record<string, unknown>>)[field.name];
    const place = [...path, field.in[0] ?? field.name];
    if (field.schema.kind === 'object' && typeof value === 'object' && value !== null) {
      return weakSecrets(field.schema, value, isGiven, place);
    }
    const secret: unknown = value instanceof Secret ? value.reveal() : value;
    const signs = SIGNS.test(wireName('snake', field.name));
    if (typeof secret !== 'string' || !(signs || value instanceof Secret)) return [];
    const weakness =
      knownExample(secret) ??
      (signs ? tooShortToSign(secret) : undefined) ??
      (secret === '' || isGiven(place)
        ? undefined
        : 'is not set, and its default stands in the program for everybody to read');
    return weakness === undefined ? [] : [{ place, weakness }];
  });
}
