import { present } from '../declare/present';
import type { Rules, Notes } from '../declare/options/field-options';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { TextFormat } from '../declare/class';

type Tags = Readonly<Record<string, unknown>>;

/**
 * The constraints that JSDoc tags and tags of a type state: `@minimum 3`, `@pattern ^a+$`.
 *
 * @throws BootError TAG_VALUE where a tag has a value that it cannot have
 */
export function tagRules(tags: Tags, where: Where): Rules {
  const number = (name: string) => numberOf(name, tags[name], where);
  return present({
    ge: number('minimum'),
    gt: number('exclusiveMinimum'),
    le: number('maximum'),
    lt: number('exclusiveMaximum'),
    multipleOf: number('multipleOf'),
    minLength: number('minLength') ?? number('minItems'),
    maxLength: number('maxLength') ?? number('maxItems'),
    pattern: patternOf(tags['pattern'], where),
  });
}

function numberOf(name: string, value: unknown, where: Where): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  const read = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  if (!Number.isNaN(read)) return read;
  throw tagValue(where, name, value, `\`@${name} 3\``);
}

function patternOf(value: unknown, where: Where): RegExp | undefined {
  if (value === undefined) return undefined;
  try {
    if (typeof value === 'string') return new RegExp(value);
  } catch {
    // Said below.
  }
  throw tagValue(
    where,
    'pattern',
    value,
    'a regular expression without slashes around it: `@pattern ^[a-z]+$`',
  );
}

function tagValue(where: Where, name: string, value: unknown, write: string): BootError {
  const seen =
    value === true
      ? `\`@${name}\` has no value`
      : `\`@${name} ${String(value)}\` has a value that it cannot have`;
  return new BootError('TAG_VALUE', where, seen, `${write}, on a line of its own`);
}

/** The examples that stand in comments, as they are written. */
const texts = new WeakMap<readonly unknown[], readonly string[]>();

/** The texts of examples that stand in comments, which need be no values of what they explain. */
export function textsOf(examples: readonly unknown[]): readonly string[] | undefined {
  return texts.get(examples);
}

/** The words for the document that JSDoc gives. */
export function tagNotes(doc: string | undefined, tags: Tags): Notes {
  const examples = [tags['example'] ?? tags['examples'] ?? []]
    .flat()
    .filter((example) => typeof example === 'string');
  const values = examples.map(jsonOr);
  texts.set(values, examples);
  const { title, format } = tags;
  return present({
    title: typeof title === 'string' ? title : undefined,
    description: documented(doc),
    examples: values.length > 0 ? values : undefined,
    deprecated: tags['deprecated'] === undefined ? undefined : true,
    schemaExtra:
      typeof format === 'string' && formatNamed(format) === undefined ? { format } : undefined,
  });
}

/** What a comment says to readers of the document: all of it, or what stands before a form feed. */
export function documented(doc: string | undefined): string | undefined {
  const said = doc?.split('\f', 1)[0]?.trim();
  return said === '' ? undefined : said;
}

const FORMATS: readonly string[] = [
  'uuid',
  'email',
  'url',
  'any-url',
  'ip',
  'decimal',
  'date',
  'date-time',
  'time',
  'duration',
] satisfies TextFormat[];

/** The format of ours that a `@format` names; others are only documented. */
export function formatNamed(name: unknown): TextFormat | 'int' | undefined {
  if (name === 'uri') return 'url';
  return name === 'int' || FORMATS.includes(name as string)
    ? (name as TextFormat | 'int')
    : undefined;
}

/** An example is JSON where it can be read as such, else text. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
