import type { RulesFacts } from '../declare/facts';
import type { Notes } from './schema';

type Tags = Readonly<Record<string, unknown>>;

const number = (value: unknown): number | undefined => {
  const read = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isNaN(read) ? undefined : read;
};

/** The constraints that JSDoc tags and tags of a type state: `@minimum 3`, `@pattern ^a+$`. */
export function tagRules(tags: Tags): RulesFacts {
  const pattern = tags['pattern'];
  return present({
    ge: number(tags['minimum']),
    gt: number(tags['exclusiveMinimum']),
    le: number(tags['maximum']),
    lt: number(tags['exclusiveMaximum']),
    multipleOf: number(tags['multipleOf']),
    minLength: number(tags['minLength'] ?? tags['minItems']),
    maxLength: number(tags['maxLength'] ?? tags['maxItems']),
    pattern: typeof pattern === 'string' ? new RegExp(pattern) : undefined,
  });
}

/** The words for the document that JSDoc gives. */
export function tagNotes(doc: string | undefined, tags: Tags): Notes {
  const example = tags['example'] ?? tags['examples'];
  const title = tags['title'];
  return present({
    title: typeof title === 'string' ? title : undefined,
    description: doc === undefined || doc.trim() === '' ? undefined : doc,
    examples: typeof example === 'string' ? [jsonOr(example)] : undefined,
    deprecated: tags['deprecated'] === undefined ? undefined : true,
  });
}

/** An example is JSON where it can be read as such, else text. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The record without its undefined values. */
export function present<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
