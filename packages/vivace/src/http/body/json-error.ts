/** Where and why a text is not JSON. */
export interface JsonProblem {
  /** In characters. */
  readonly offset: number;
  readonly message: string;
}

const BLANK = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// oxlint-disable-next-line no-control-regex -- JSON text holds no control characters
const TEXT = /(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;

class Misfit extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Finds the first place where a text stops being JSON, in the words that clients of FastAPI know. */
export function jsonProblem(text: string): JsonProblem {
  try {
    return at(text, skipBlank(text, readAll(text)), 'Extra data');
  } catch (error) {
    if (error instanceof Misfit) return at(text, error.offset, error.message);
    throw error;
  }
}

/** Offsets are counted in characters, not in halves of surrogate pairs. */
function at(text: string, offset: number, message: string): JsonProblem {
  let characters = 0;
  for (const _ of text.slice(0, offset)) characters += 1;
  return { offset: characters, message };
}

/** Reads one value without recursion: depth is the client's choice. */
function readAll(text: string): number {
  const open: ('{' | '[')[] = [];
  let position = skipBlank(text, 0);
  for (;;) {
    const opened = text[position];
    if (opened === '{' || opened === '[') {
      position = skipBlank(text, position + 1);
      if (text[position] === (opened === '{' ? '}' : ']')) position += 1;
      else {
        open.push(opened);
        if (opened === '{') position = readKey(text, position);
        continue;
      }
    } else position = readScalar(text, position);
    const next = afterValue(text, position, open);
    if (next.last) return next.position;
    position = next.position;
  }
}

/** Closes what ends after a value and goes to the next one; `last`: there is none. */
function afterValue(
  text: string,
  start: number,
  open: ('{' | '[')[],
): { readonly position: number; readonly last: boolean } {
  let position = start;
  for (;;) {
    const inside = open.at(-1);
    if (inside === undefined) return { position, last: true };
    position = skipBlank(text, position);
    const close = inside === '{' ? '}' : ']';
    if (text[position] === close) {
      open.pop();
      position += 1;
      continue;
    }
    if (text[position] !== ',') throw new Misfit(position, "Expecting ',' delimiter");
    const comma = position;
    position = skipBlank(text, position + 1);
    if (text[position] === close)
      throw new Misfit(
        comma,
        `Illegal trailing comma before end of ${inside === '{' ? 'object' : 'array'}`,
      );
    return { position: inside === '{' ? readKey(text, position) : position, last: false };
  }
}

/** Reads `"key":` and the blanks after it. */
function readKey(text: string, start: number): number {
  if (text[start] !== '"')
    throw new Misfit(start, 'Expecting property name enclosed in double quotes');
  const colon = skipBlank(text, readText(text, start));
  if (text[colon] !== ':') throw new Misfit(colon, "Expecting ':' delimiter");
  return skipBlank(text, colon + 1);
}

function readScalar(text: string, start: number): number {
  if (text[start] === '"') return readText(text, start);
  const end = match(SCALAR, text, start);
  if (end === start) throw new Misfit(start, 'Expecting value');
  return end;
}

function readText(text: string, start: number): number {
  const end = match(TEXT, text, start + 1);
  if (text[end] === '"') return end + 1;
  if (end >= text.length) throw new Misfit(start, 'Unterminated string starting at');
  if (text[end] !== '\\') throw new Misfit(end, 'Invalid control character at');
  if (end + 1 >= text.length) throw new Misfit(start, 'Unterminated string starting at');
  throw text[end + 1] === 'u'
    ? new Misfit(end + 1, 'Invalid \\uXXXX escape')
    : new Misfit(end, 'Invalid \\escape');
}

function skipBlank(text: string, start: number): number {
  return match(BLANK, text, start);
}

/** The end of what a sticky pattern matches at a place; the place itself where it does not. */
function match(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}
