import type { Difference } from './compare';
import type { Operation, Program, Request } from './description';
import { refused, taken, type Deliberate, type Issue } from './covering';

export const DELIBERATE: Readonly<Record<string, Deliberate>> = {
  'number syntax': {
    reason: 'Blanks, underscores and other digits than 0 to 9 are the syntax of Python.',
    covers: refused(/^(int|float|decimal)_parsing$/, (input) =>
      /[\s_]|[^\0-\x7f]/.test(String(input)),
    ),
  },
  infinities: {
    reason: 'A number is finite unless `allowInfNan` says otherwise, also one that is too large.',
    // In a union the other members say what they find wrong, too.
    covers: (ours, theirs, { path }, program) =>
      ours === undefined
        ? path === 'status' && /\d[eE]\+?\d{3}/.test(requestOf(program).body ?? '')
        : theirs === undefined &&
          (ours.type === 'finite_number' || Math.abs(Number(ours.input)) === Infinity),
  },
  'safe integers': {
    reason:
      'An `int` is a number of JavaScript, which is exact to 2^53 - 1; `bigint` has any size.',
    covers: (ours) => ours?.type === 'int_parsing_size',
  },
  'true is 1': {
    reason: 'In Python `True == 1`, so that a literal 1 takes it.',
    covers: refused(/^(literal_error|enum)$/, (input) => typeof input === 'boolean'),
  },
  'literals in text': {
    reason: 'A literal 1 of a query or form could never be sent.',
    covers: taken(/^literal_error$/, ({ input }) => typeof input === 'string'),
  },
  'strict JSON': {
    reason: 'JSON has no dates: FastAPI refuses all of it where a date, decimal or UUID is strict.',
    covers: (_, theirs) =>
      theirs !== undefined &&
      /^(date|datetime|time|time_delta)_type$|^is_instance_of$/.test(theirs.type),
  },
  'one kind of number': {
    reason: 'JSON has one kind of number: 1e3 is whole.',
    covers: taken(/^int_type$/, ({ input }) => Number.isInteger(input)),
  },
  secrets: {
    reason: 'A secret is not shown, also where it is of the wrong type.',
    covers: (ours, theirs) =>
      JSON.stringify(ours?.input ?? '').includes('**********') && ours?.type === theirs?.type,
  },
  'long inputs': {
    reason: 'An input that is echoed is at most 1 KiB.',
    covers: (ours, theirs) =>
      ours?.type === theirs?.type && JSON.stringify(theirs?.input ?? '').length > 1024,
  },
  'names around addresses': {
    reason: 'An `email` is the address alone, because it is kept as it was sent.',
    covers: (ours, theirs) =>
      ours?.type === 'value_error' &&
      (theirs === undefined || theirs.type === ours.type) &&
      /^\s|\s$|<.*>$/.test(String(ours.input)),
  },
  'reserved domains': {
    reason: "Networks of one's own have mail too, and tests use `.test`.",
    covers: taken(/^value_error$/, ({ msg }) => msg.includes('special-use')),
  },
  'international domains': {
    reason: 'Names of hosts are as browsers read them (UTS 46), not as IDNA 2008 has them.',
    covers: (ours, theirs) =>
      ours === undefined &&
      /The part after the @-sign is|international domain name/.test(theirs?.msg ?? '') &&
      /xn--|[^\0-\x7f]/.test(String(theirs?.input)),
  },
  'names of characters': {
    reason: 'An invisible character is shown by its number.',
    covers: (ours, theirs) => / U\+/.test(ours?.msg ?? '') && ours?.type === theirs?.type,
  },
  'addresses are text': {
    reason: 'Python takes 1 for the address 0.0.0.1.',
    covers: refused(/^ip_any_address$/, (input) => typeof input !== 'string'),
  },
  'repeated headers': {
    reason:
      'A header that is sent twice is one with both values (RFC 9110); FastAPI takes the first.',
    covers: (ours, theirs, difference) => {
      const [left, right] = [ours?.input ?? difference.ours, theirs?.input ?? difference.theirs];
      const isHeader = ours?.loc[0] === 'header' || theirs?.loc[0] === 'header';
      const isJoined = typeof left === 'string' && left.includes(', ');
      // All headers are the input where one is missing.
      if (isHeader && typeof left === 'object') return JSON.stringify(left).includes(', ');
      return isJoined && (isHeader || left.startsWith(`${String(right)}, `));
    },
  },
  'escapes in cookies': {
    reason: 'Cookies are written with percent escapes and read so; FastAPI leaves them.',
    covers: (ours, theirs, difference, program) =>
      [ours, theirs].some(
        (issue) => issue?.loc[0] === 'cookie' && JSON.stringify(issue.input ?? '').includes('%'),
      ) ||
      (operationOf(program).inputs.some(({ source }) => source === 'cookie') &&
        JSON.stringify(difference.theirs ?? '').includes('%')),
  },
  'texts as bodies': {
    reason:
      'A body that is no JSON is a text, which `string` takes as it is; to pydantic it is bytes, which no type takes as they are.',
    covers: (_ours, _theirs, { ours }, program) => {
      const { inputs } = operationOf(program);
      const isJson = /json/.test(headerOf(requestOf(program), 'content-type') ?? '');
      return typeof ours === 'string' && !isJson && inputs.some(({ source }) => source === 'body');
    },
  },
  'words of Python 3.13': {
    reason: 'From 3.13 on, as recorded, Python names a comma at the end of a list or an object.',
    covers: (ours, theirs, _difference, program) =>
      (ours ?? theirs)?.type === 'json_invalid' && /,\s*[\]}]/.test(requestOf(program).body ?? ''),
  },
  'answers are filtered': {
    reason: "`extra: 'forbid'` is about what clients send; of an answer other fields are left out.",
    covers: (_ours, _theirs, { path, ours, theirs }, program) =>
      path === 'status' &&
      ours === 200 &&
      theirs === 500 &&
      operationOf(program).returns !== undefined &&
      program.models.some(({ extra }) => extra === 'forbid'),
  },
  'extras beside fields': {
    reason: 'What is sent under the name of a field that has an alias never takes its place.',
    covers: (_ours, _theirs, { path }, program) =>
      program.models.some(
        ({ extra, fields }) =>
          extra === 'allow' &&
          fields.some(
            ({ name, alias }) =>
              alias !== undefined && (path.endsWith(`/fields/${name}`) || path.includes('/set/')),
          ),
      ),
  },
  'broken escapes': {
    reason: 'A text whose percent escapes are broken is left as it was sent; Python guesses.',
    covers: (_ours, _theirs, difference, program) => {
      const [left, right] = [difference.ours, difference.theirs].map((each) =>
        JSON.stringify(each ?? ''),
      );
      return right!.includes('\ufffd') || isBroken(left!) || isBroken(requestOf(program).url);
    },
  },
  'sets of objects': {
    reason:
      'To JavaScript two dates of one instant and two equal secrets are two values of a Set, and so are two spellings of a datetime, duration or UUID.',
    // One that is there twice here moves those behind it.
    covers: (issue, theirs, { path, ours }) =>
      [issue, theirs].some(
        (one) => /^too_(long|short)$/.test(one?.type ?? '') && one?.msg.startsWith('Set '),
      ) ||
      (path.includes('/$set/') &&
        (path.endsWith('/$secret') ||
          /^\{"\$(text":"Date|secret)"|^"[-+]?(P|\d+ ?d|\d+:|\d{4}-\d\d-\d\d[t_ ])|^"(\{|urn:uuid:)?[\da-f]{8}-?([\da-f]{4}-?){3}/i.test(
            JSON.stringify(ours ?? ''),
          ))),
  },
  'minus zero': {
    reason: 'JSON.stringify writes -0 as 0.',
    covers: (ours, theirs, difference) =>
      ours === undefined
        ? difference.ours === 0 && Object.is(difference.theirs, -0)
        : ours.type === theirs?.type && ours.input === 0 && Object.is(theirs.input, -0),
  },
  'names that are numbers': {
    reason: 'An object of JavaScript has its names that are whole numbers first, by size.',
    covers: (_ours, _theirs, { path, ours, theirs }) =>
      path === 'order' && withoutNumbers(ours) === withoutNumbers(theirs),
  },
  'fractions before 1970': {
    reason: 'A number of seconds below zero loses its fraction in pydantic: -0.25 becomes -0.75.',
    covers: (_ours, _theirs, { ours, theirs }) => {
      const [left, right] = [millisecondsOf(ours), millisecondsOf(theirs)];
      return left < 0 && right < 0 && (left + right) % 1000 === 0;
    },
  },
  'digits of decimals': {
    reason: 'The digits that were sent arrive; Python makes a float of them before.',
    covers: (left, right, { ours, theirs, ...more }) =>
      left === undefined
        ? 'kind' in more && more.kind === 'decimal' && Number(ours) === Number(theirs)
        : left.type === right?.type && Number(left.input) === right.input,
  },
};

/** Whether some text has a percent sign that begins no escape, or bytes that are no UTF-8. */
function isBroken(text: string): boolean {
  try {
    decodeURIComponent(text);
    return false;
  } catch {
    return true;
  }
}

/** The places of issues but for those that are named by a whole number. */
function withoutNumbers(places: unknown): string {
  return String(places)
    .split(' ')
    .filter((place) => !/\.\d+(\.|$)/.test(place))
    .join(' ');
}

/** The instant of a date, here or there; else NaN. */
function millisecondsOf(seen: unknown): number {
  if (typeof seen !== 'object' || seen === null) return NaN;
  const { value, milliseconds } = seen as { value?: string; milliseconds?: number };
  return milliseconds ?? Date.parse(value ?? '');
}

/** The name of the deliberate difference that one is; `program` has the one request that shows it. */
export function nameOf(difference: Difference, program: Program): string | undefined {
  const [ours, theirs] = [issueIn(difference.ours), issueIn(difference.theirs)];
  return Object.keys(DELIBERATE).find((name) =>
    DELIBERATE[name]!.covers(ours, theirs, difference, program),
  );
}

const NONE: Operation = { name: '', method: 'GET', path: '', inputs: [], requests: [] };
const operationOf = ({ operations: [operation = NONE] }: Program): Operation => operation;
const requestOf = (program: Program): Request => operationOf(program).requests[0] ?? { url: '' };

function headerOf({ headers = [] }: Request, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1];
}

function issueIn(value: unknown): Issue | undefined {
  return typeof value === 'object' && value !== null && 'loc' in value
    ? (value as Issue)
    : undefined;
}
