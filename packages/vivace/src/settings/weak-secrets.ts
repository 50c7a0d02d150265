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

/** The secrets of settings that must not be used in production. */
export function weakSecrets(schema: ObjectSchema, settings: unknown): readonly WeakSecret[] {
  return schema.fields.flatMap((field) => {
    const value = (settings as Readonly<Record<string, unknown>>)[field.name];
    const place = field.in[0] ?? field.name;
    if (field.schema.kind === 'object' && typeof value === 'object' && value !== null) {
      return weakSecrets(field.schema, value).map((weak) => ({ ...weak, place: [place, ...weak.place] }));
    }
    const secret: unknown = value instanceof Secret ? value.reveal() : value;
    const name = wireName('snake', field.name);
    const signs = SIGNS.test(name);
    if (typeof secret !== 'string' || !(signs || value instanceof Secret)) return [];
    const reason = knownExample(secret) ?? (signs ? tooShortToSign(secret) : undefined);
    return reason === undefined ? [] : [{ place: [place], weakness: reason }];
  });
}
