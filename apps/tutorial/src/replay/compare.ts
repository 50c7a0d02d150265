/** A place where the answer is not as recorded. */
export interface Mismatch {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface Rules {
  /** Paths that are not compared. */
  readonly volatile?: readonly string[] | undefined;
  /** Arrays that are compared as multisets. */
  readonly unordered?: readonly string[] | undefined;
  /** Texts of which only the presence counts. */
  readonly prose?: (path: readonly (string | number)[], expected: string) => boolean;
}

export const ABSENT = '(absent)';
export const PROSE = '…';

type Path = readonly (string | number)[];

/** Where two JSON values differ, by the rules of the recordings: the order of keys does not count, that of arrays does. */
export function* differences(
  expected: unknown,
  actual: unknown,
  rules: Rules = {},
  path: Path = [],
): Generator<Mismatch, void, undefined> {
  const place = pointer(path);
  if (rules.volatile?.includes(place)) return;
  if (typeof expected === 'string' && (expected === PROSE || rules.prose?.(path, expected))) {
    if (typeof actual !== 'string' || actual === '') yield { path: place, expected: PROSE, actual };
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    yield* rules.unordered?.includes(place)
      ? multisetDifferences(expected, actual, rules, path)
      : listDifferences(expected, actual, rules, path);
  } else if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const here = [...path, key];
      if (Object.hasOwn(expected, key) && Object.hasOwn(actual, key))
        yield* differences(expected[key], actual[key], rules, here);
      else if (!rules.volatile?.includes(pointer(here)))
        yield { path: pointer(here), expected: own(expected, key), actual: own(actual, key) };
    }
  } else if (!Object.is(expected, actual) && !(expected === 0 && actual === 0)) {
    yield { path: place, expected, actual };
  }
}

function* listDifferences(
  expected: readonly unknown[],
  actual: readonly unknown[],
  rules: Rules,
  path: Path,
): Generator<Mismatch, void, undefined> {
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    const here = [...path, index];
    if (index >= expected.length)
      yield { path: pointer(here), expected: ABSENT, actual: actual[index] };
    else if (index >= actual.length)
      yield { path: pointer(here), expected: expected[index], actual: ABSENT };
    else yield* differences(expected[index], actual[index], rules, here);
  }
}

function* multisetDifferences(
  expected: readonly unknown[],
  actual: readonly unknown[],
  rules: Rules,
  path: Path,
): Generator<Mismatch, void, undefined> {
  const rest = [...actual];
  for (const [index, item] of expected.entries()) {
    const found = rest.findIndex(
      (other) => differences(item, other, rules, [...path, index]).next().done,
    );
    if (found === -1) yield { path: pointer([...path, index]), expected: item, actual: ABSENT };
    else rest.splice(found, 1);
  }
  for (const item of rest) yield { path: pointer([...path, '*']), expected: ABSENT, actual: item };
}

export function pointer(path: Path): string {
  return path.map((part) => `/${part}`).join('');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : ABSENT;
}
