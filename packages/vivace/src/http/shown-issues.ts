import { shortLoc, shortText, type Issue } from '../errors/issue';
import { jsonText } from '../serialize/jsonable';

/** Bytes of one echoed input or place, and of all of them. */
const ONE = 1024;
const ALL = 8192;

/** What an answer shows of the issues: some of them, without what is so large that the answer would amplify the request. */
export function shownIssues(issues: readonly Issue[], limit: number): Issue[] {
  const inputs = { left: ALL };
  const places = { left: ALL };
  return issues.slice(0, limit).map((issue) => {
    const { input, ...rest } = issue;
    const { loc, msg, ctx } = issue;
    return {
      ...(takes(input, inputs) ? issue : rest),
      loc: shownLoc(loc, places),
      msg: shortText(msg),
      ...(ctx !== undefined && { ctx: shownContext(ctx) }),
    };
  });
}

/** Where there is no room for a place, it begins and ends. */
function shownLoc(loc: Issue['loc'], room: { left: number }): Issue['loc'] {
  const short = shortLoc(loc);
  return takes(short, room) ? short : [...loc.slice(0, 1), '…'];
}

/** What a message quotes may be of any length, too. */
function shownContext(ctx: NonNullable<Issue['ctx']>): NonNullable<Issue['ctx']> {
  if (sizeOf(ctx) <= ONE) return ctx;
  return Object.fromEntries(
    Object.entries(ctx).map(([name, value]) => [
      name,
      typeof value === 'string' ? shortText(value) : value,
    ]),
  );
}

/** Whether there is room for a value, which it takes then. */
function takes(value: unknown, room: { left: number }): boolean {
  const size = sizeOf(value);
  if (size > ONE || size > room.left) return false;
  room.left -= size;
  return true;
}

/** Characters of a value in an answer; what an answer cannot hold, such as the number 1e400, has no room anywhere. */
function sizeOf(value: unknown): number {
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value).length;
  try {
    return jsonText(value).length;
  } catch {
    return Infinity;
  }
}
