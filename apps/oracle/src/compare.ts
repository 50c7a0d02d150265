import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './description';

/** A place in two answers or documents where they are not the same. */
export interface Difference {
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** A text that Vivace keeps as it was sent, or a set of them, and what Python has made of it. */
export interface KeptText extends Difference {
  readonly kind: string;
}

/** The texts that are kept. */
export const textsOf = ({ ours }: KeptText): readonly string[] =>
  Array.isArray(ours) ? ours.map(String) : [String(ours)];

/** What a kept text differs in, given how Python understands each of it. */
export function compareKept(kept: KeptText, understood: readonly unknown[]): Difference[] {
  const { path, ours, theirs } = kept;
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return understood[0] === theirs ? [] : [kept];
  const [left, right] = [understood, theirs].map((all) => [...new Set(all)].toSorted().join(' '));
  if (left !== right) return [kept];
  const sizes = { ours: ours.length, theirs: theirs.length };
  return sizes.ours === sizes.theirs ? [] : [{ path: `${path}/size`, ...sizes }];
}

/** What two answers differ in; `kept` gets the texts of which only Python knows whether they are the same. */
export function compareAnswers(ours: Answer, theirs: Answer, kept: KeptText[]): Difference[] {
  const [left, right] = [issuesOf(ours), issuesOf(theirs)];
  if (left !== undefined && right !== undefined && left.length + right.length > 0)
    return compareIssues(left, right);
  if (ours.status !== theirs.status)
    return [{ path: 'status', ours: ours.status, theirs: theirs.status }];
  return ours.status >= 500 ? [] : compareValues(ours.body, theirs.body, 'value', kept);
}

interface Issue {
  readonly loc: readonly unknown[];
}

/** An answer without issues has an empty list of them; another status has none. */
function issuesOf({ status, body }: Answer): readonly Issue[] | undefined {
  if (status === 422) return (body as { detail: readonly Issue[] }).detail;
  return status < 300 ? [] : undefined;
}

/** Place by place, so that each issue that only one of them has can be judged alone. */
function compareIssues(left: readonly Issue[], right: readonly Issue[]): Difference[] {
  const [ours, theirs] = [byPlace(left), byPlace(right.map(withoutFunctions))];
  const places = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differences = places
    .map((path) => ({ path, ours: ours.get(path), theirs: theirs.get(path) }))
    .filter((each) => !isDeepStrictEqual(each.ours, each.theirs));
  const orders = [ours, theirs].map((issues) => [...issues.keys()].join(' '));
  return differences.length > 0 || orders[0] === orders[1]
    ? differences
    : [{ path: 'order', ours: orders[0], theirs: orders[1] }];
}

const SECRET =
  'json-or-python[json=function-after[SecretStr(), str],python=union[is-instance[SecretStr],function-after[SecretStr(), str]]]';
/** Members of unions that pydantic names by functions of its own. */
const FUNCTIONS: readonly (readonly [pydantic: string, vivace: string])[] = [
  ['function-after[_validate(), str]', 'email'],
  ['function-wrap[wrap_val()]', 'url'],
  ['function-plain[_validate()]', 'ip'],
  [`lax-or-strict[lax=${SECRET},strict=${SECRET}]`, 'str'],
];

function withoutFunctions(issue: Issue): Issue {
  const named = (step: unknown): unknown =>
    typeof step === 'string'
      ? FUNCTIONS.reduce((text, [pydantic, vivace]) => text.replaceAll(pydantic, vivace), step)
      : step;
  return { ...issue, loc: issue.loc.map(named) };
}

function byPlace(issues: readonly Issue[]): Map<string, Issue> {
  const places = new Map<string, Issue>();
  for (const issue of issues) {
    const place = issue.loc.join('.');
    places.set(places.has(place) ? `${place} again` : place, issue);
  }
  return places;
}

type Tagged = Readonly<Record<string, unknown>>;

/** What two values or documents differ in. */
export function compareValues(
  ours: unknown,
  theirs: unknown,
  path: string,
  kept: KeptText[],
): Difference[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  const differs = [{ path, ours, theirs }];
  if (typeof ours === 'string' && typeof theirs === 'string' && ours.includes('@'))
    return keep('email', theirs);
  if (!isObject(theirs)) return differs;
  if ('$text' in theirs) return compareText(theirs);
  if (!isObject(ours)) return differs;
  if (Array.isArray(theirs) || Array.isArray(ours))
    return Array.isArray(ours) && Array.isArray(theirs) ? compareLists(ours, theirs) : differs;
  if ('$number' in theirs && '$number' in ours)
    return isSameNumber(ours.$number, theirs.$number) ? [] : differs;
  if ('$set' in theirs && '$set' in ours)
    return compareSets(ours.$set as readonly unknown[], theirs.$set as readonly unknown[]);
  if ('$model' in theirs && '$map' in ours) {
    const fields = Object.fromEntries(ours.$map as [string, unknown][]);
    return compareValues(fields, theirs.fields, path, kept);
  }
  return compareNames(ours, theirs);

  function keep(kind: string, value: unknown): Difference[] {
    kept.push({ path, kind, ours, theirs: value });
    return [];
  }

  function compareText({ $text, value, milliseconds }: Tagged): Difference[] {
    if (typeof ours === 'string') return keep(String($text), value);
    const isInstant = isObject(ours) && '$text' in ours;
    return isInstant && Date.parse(String(ours.value)) === milliseconds ? [] : differs;
  }

  function compareLists(
    left: readonly unknown[],
    right: readonly unknown[],
    place = path,
  ): Difference[] {
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
      compareValues(left[at], right[at], `${place}/${at}`, kept),
    ).flat();
  }

  /** Of texts Python says which are the same. */
  function compareSets(left: readonly unknown[], right: readonly unknown[]): Difference[] {
    const [first] = right;
    const areKept =
      isObject(first) && '$text' in first && left.every((each) => typeof each === 'string');
    if (!areKept) return compareLists(sorted(left), sorted(right), `${path}/$set`);
    const values = right.map((each) => (each as Tagged).value);
    kept.push({ path: `${path}/$set`, kind: String(first.$text), ours: left, theirs: values });
    return [];
  }

  function compareNames(left: Tagged, right: Tagged): Difference[] {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].flatMap((name) =>
      compareValues(left[name], right[name], `${path}/${name}`, kept),
    );
  }
}

/** Digits of a whole number as text, others as they are. */
function isSameNumber(ours: unknown, theirs: unknown): boolean {
  return typeof ours === typeof theirs ? ours === theirs : Number(ours) === Number(theirs);
}

function isObject(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null;
}

function sorted(list: readonly unknown[]): unknown[] {
  return list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
