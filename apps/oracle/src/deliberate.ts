import type { Difference } from './compare';
import type { Program, Request } from './description';
import { issueIn, operationOf, refused, requestOf, taken, type Deliberate } from './covering';
import { FORMATS } from './deliberate-formats';

export const DELIBERATE: Readonly<Record<string, Deliberate>> = {
  'number syntax': {
    reason: 'Blanks, underscores and other digits than 0 to 9 are the syntax of Python.',
    covers: refused(
      /^(int|float|decimal)_parsing$|^enum$/,
      // Zeros before a sign: `0-6` is -6 to pydantic.
      (input) => /[\s_]|[^\0-\x7f]|^[+-]?0+[+-]/.test(String(input)),
    ),
  },
  infinities: {
    reason: 'A number is finite unless `allowInfNan` says otherwise, also one that is too large.',
    // In a union the other members say what they find wrong, too.
    covers: (ours, theirs, { path }, program) =>
      ours === undefined
        ? path === 'status' && /\d[eE]\+?\d{3}|nan|inf/i.test(requestOf(program).body ?? '')
        : theirs === undefined &&
          (ours.type === 'finite_number' || Math.abs(Number(ours.input)) === Infinity),
  },
  'safe integers': {
    reason:
      'An `int` is a number of JavaScript, which is exact to 2^53 - 1; `bigint` has any size.',
    covers: (ours, theirs, difference) =>
      ours === undefined && theirs === undefined
        ? isBeyondSafe(difference.theirs)
        : [ours, theirs].some((issue) => issue?.type === 'int_parsing_size'),
  },
  'true is 1': {
    reason: 'In Python `True == 1`, so that a literal 1 takes it.',
    covers: refused(/^(literal_error|enum)$/, (input) => typeof input === 'boolean'),
  },
  'literals in text': {
    reason: 'A literal 1 of a query or form could never be sent.',
    covers: (ours, theirs, difference, program) =>
      taken(/^literal_error$/, ({ input }) => typeof input === 'string')(ours, theirs) ||
      isLiteralOfText(difference.ours, program),
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
  'long places': {
    reason: 'A name in the place of an issue is at most 100 characters, as clients send names.',
    covers: (ours, theirs) =>
      ours === undefined
        ? theirs?.loc.some((step) => String(step).length > 100) === true
        : theirs === undefined && ours.loc.some((step) => String(step).length === 101),
  },
  'texts as bodies': {
    reason:
      'A body that is no JSON is a text, which `string` takes as it is; to pydantic it is bytes, which are no decimal, and which hold a UUID or an address themselves.',
    covers: (issue, theirs, { ours }, program) => {
      const { inputs } = operationOf(program);
      const request = requestOf(program);
      const type = headerOf(request, 'content-type') ?? '';
      const isJson = /^application\/([^;]+\+)?json\s*(;|$)/i.test(type);
      return (
        (typeof ours === 'string' ||
          /^(decimal|uuid|ip_any)_/.test((issue ?? theirs)?.type ?? '') ||
          theirs?.type === 'decimal_type') &&
        request.body !== undefined &&
        !isJson &&
        inputs.some(({ source }) => source === 'body')
      );
    },
  },
  'words of Python 3.13': {
    reason: 'From 3.13 on, as recorded, Python names a comma at the end of a list or an object.',
    covers: (ours, theirs, _difference, program) =>
      (ours ?? theirs)?.type === 'json_invalid' && /,\s*[\]}]/.test(requestOf(program).body ?? ''),
  },
  'answers are filtered': {
    reason: "`extra: 'forbid'` is about what clients send; of an answer other fields are left out.",
    // A member of a union that has too much is still one.
    covers: (_ours, _theirs, { path, ours, theirs }, program) =>
      (path === 'status' ? ours === 200 && theirs === 500 : path.startsWith('value')) &&
      operationOf(program).returns !== undefined &&
      program.models.some(({ extra }) => extra === 'forbid'),
  },
  'answers without a type': {
    reason: 'The answer of a handler that returns `unknown` is documented as one that has no type.',
    covers: (_ours, _theirs, { path, ours, theirs }) =>
      path.endsWith('/content/application/json/schema/title') &&
      ours === undefined &&
      String(theirs).startsWith('Response '),
  },
  'notes of addresses': {
    reason:
      'What is said of an `ip` stands in its schema, too; pydantic leaves it out of one that stands alone.',
    covers: (_ours, _theirs, { path, theirs }, program) =>
      path.endsWith('/schema/description') &&
      theirs === undefined &&
      JSON.stringify(program).includes('"kind":"scalar","name":"ip"'),
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
      path.endsWith('/$set/size') ||
      (path.includes('/$set/') &&
        (path.endsWith('/$secret') ||
          /^\{"\$(text":"Date|secret)"/.test(JSON.stringify(ours ?? '')))),
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
  ...FORMATS,
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

/** The name of the deliberate difference that one is; `program` has the one request that shows it. */
export function nameOf(difference: Difference, program: Program): string | undefined {
  const [ours, theirs] = [issueIn(difference.ours), issueIn(difference.theirs)];
  return Object.keys(DELIBERATE).find((name) =>
    DELIBERATE[name]!.covers(ours, theirs, difference, program),
  );
}

function headerOf({ headers = [] }: Request, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1];
}

function isBeyondSafe(seen: unknown): boolean {
  return isNumber(seen) && /^-?\d{16,}$/.test(String(seen.$number));
}

/** Whether a number that was seen is a literal of an input that is text. */
function isLiteralOfText(seen: unknown, program: Program): boolean {
  const { inputs } = operationOf(program);
  return (
    isNumber(seen) &&
    inputs.every(({ source }) => source !== 'body') &&
    new RegExp(`"kind":"literal","values":\\[[^\\]]*\\b${seen.$number}\\b`).test(
      JSON.stringify(program),
    )
  );
}

function isNumber(seen: unknown): seen is { readonly $number: unknown } {
  return typeof seen === 'object' && seen !== null && '$number' in seen;
}
