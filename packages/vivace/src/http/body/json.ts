import { HTTPException } from '../../errors/http-exception';
import { RequestValidationError } from '../../errors/request-validation-error';
import { parseExactly, type WantedDigits } from '../../validate/digits';
import { jsonProblem } from './json-error';

/** How deep arrays and objects of a body may stand in each other: deeper ones are made to exhaust the stack of whoever walks them. */
const DEPTH = 64;
export const TOO_DEEP = `is nested more than ${DEPTH} levels deep`;

/**
 * Parses a body; a mark of the byte order before it is no part of it.
 *
 * @param digits what inputs want of those of numbers
 */
export function parseJson(sent: string, digits?: WantedDigits): unknown {
  const text = sent.startsWith('\ufeff') ? sent.slice(1) : sent;
  if (isTooDeep(text)) throw new HTTPException(400, `The body ${TOO_DEEP}.`);
  try {
    return digits === undefined ? (JSON.parse(text) as unknown) : parseExactly(text, digits);
  } catch {
    const { offset, message } = jsonProblem(text);
    throw new RequestValidationError(
      [
        {
          type: 'json_invalid',
          loc: ['body', offset],
          msg: 'JSON decode error',
          input: {},
          ctx: { error: message },
        },
      ],
      text,
    );
  }
}

/** Whether arrays and objects of a text stand deeper in each other than those of a body may. */
export function isTooDeep(text: string): boolean {
  return mayBeDeep(text) && isDeep(text);
}

/** Whether a text has enough brackets: few bodies do, and looking for them is much faster than reading it. */
function mayBeDeep(text: string): boolean {
  let left = DEPTH;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      left -= 1;
      if (left < 0) return true;
    }
  }
  return false;
}

function isDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > DEPTH) return true;
  }
  return false;
}
