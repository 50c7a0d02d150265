import { STATUS_CODES } from 'node:http';
import { differences, isRecord, type Mismatch } from './compare';

/** What FastAPI itself writes as the description of a response. */
const RESPONSE_DESCRIPTIONS = new Set([
  'Successful Response',
  'Validation Error',
  'Additional Response',
  'Default Response',
  'Information',
  'Success',
  'Redirection',
  'Client Error',
  'Server Error',
  ...Object.values(STATUS_CODES),
]);

/**
 * Where an OpenAPI document differs from the recorded one. Words that the author of the program chose count by presence;
 * what the framework derives from names (summaries, titles) or writes itself counts by equality.
 */
export function* documentDifferences(
  expected: unknown,
  actual: unknown,
  handlers: readonly string[],
  at: readonly string[] = [],
): Generator<Mismatch, void, undefined> {
  const named = new Set(handlers.map(letters));
  yield* differences(
    expected,
    actual,
    { prose: (path, text) => isAuthors(expected, path.slice(at.length), text, named) },
    at,
  );
}

function isAuthors(
  document: unknown,
  path: readonly (string | number)[],
  text: string,
  handlers: ReadonlySet<string>,
): boolean {
  const parent = valueAt(document, path.slice(0, -1));
  switch (path.at(-1)) {
    case 'description':
      return !(path.at(-3) === 'responses' && RESPONSE_DESCRIPTIONS.has(text));
    case 'summary':
      return !(
        handlers.has(letters(text)) ||
        (isRecord(parent) &&
          typeof parent.operationId === 'string' &&
          letters(parent.operationId).startsWith(letters(text)))
      );
    case 'title':
      return !isDerivedTitle(document, path, text);
    default:
      return false;
  }
}

function isDerivedTitle(
  document: unknown,
  path: readonly (string | number)[],
  text: string,
): boolean {
  if (
    path.includes('HTTPValidationError') ||
    path.includes('ValidationError') ||
    text.startsWith('Response ')
  )
    return true;
  const name =
    path.at(-2) === 'schema' ? nameOf(valueAt(document, path.slice(0, -2))) : path.at(-2);
  if (name === undefined)
    return path.includes('requestBody') && /^[A-Z0-9]\w*( [A-Z0-9]\w*)*$/.test(text);
  return letters(String(name)) === letters(text);
}

function nameOf(parameter: unknown): string | undefined {
  return isRecord(parameter) && typeof parameter.name === 'string' ? parameter.name : undefined;
}

function letters(text: string): string {
  return text.replace(/[^a-z0-9]/gi, '').toLowerCase();
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}
