import { shortLoc, shortText, type Issue } from '../errors/issue';
import { escaped } from '../serialize/json-text';
import { jsonText } from '../serialize/jsonable';

/** Bytes of one echoed input or place, and of all of them. */
const ONE = 1024;
const ALL = 8192;

/** What an answer shows of the issues: some of them, without what is so large that the answer would amplify the request. */
export function shownIssues(issues: readonly Issue[], limit: number): Issue[] {
  const inputs = { left: ALL };
  const places = { left: ALL };
  return issues.slice(0, limit).map((issue) => {
    const isShown = fits(sizeOf(issue.input), inputs);
    const loc = shownLoc(issue.loc, places);
    const msg = shortText(issue.msg);
    const ctx = issue.ctx && shownContext(issue.ctx);
    if (isShown && loc === issue.loc && msg === issue.msg && ctx === issue.ctx) return issue;
    const { input: _, ...rest } = issue;
    return { ...(isShown ? issue : rest), loc, msg, ...(ctx !== undefined && { ctx }) };
  });
}

/** Where there is no room for a place, it begins and ends. */
function shownLoc(loc: Issue['loc'], room: { left: number }): Issue['loc'] {
  const short = shortLoc(loc);
  return fits(sizeOfLoc(short), room) ? short : [...loc.slice(0, 1), '…'];
}

/** What a message quotes may be of any length, too. */
function shownContext(ctx: NonNullable<Issue['ctx']>): NonNullable<Issue['ctx']> {
  if (Object.values(ctx).every(isBrief) || sizeOf(ctx) <= ONE) return ctx;
  return Object.fromEntries(
    Object.entries(ctx).map(([name, value]) => [
      name,
      typeof value === 'string' ? shortText(value) : value,
    ]),
  );
}

/** Whether a few of such values are never too large together. */
const isBrief = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.length < 20);

/** Whether there is room for so much, which is taken then. */
function fits(size: number, room: { left: number }): boolean {
  if (size > ONE || size > room.left) return false;
  room.left -= size;
  return true;
}

/** Characters of a value in an answer; what an answer cannot hold, such as the number 1e400, has no room anywhere. */
function sizeOf(value: unknown): number {
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value).length;
  if (typeof value === 'string') return sizeOfText(value);
  try {
    return jsonText(value).length;
  } catch {
    return Infinity;
  }
}

const sizeOfText = (text: string): number => escaped(text).length + 2;

function sizeOfLoc(loc: Issue['loc']): number {
  let size = 1 + loc.length;
  for (const part of loc) size += typeof part === 'string' ? sizeOfText(part) : String(part).length;
  return size;
}
