import type { Issue } from '../errors/issue';

/** Bytes of one echoed input, and of all of them. */
const ONE_INPUT = 1024;
const ALL_INPUTS = 8192;

/** What an answer shows of the issues: some of them, without inputs so large that the answer would amplify the request. */
export function shownIssues(issues: readonly Issue[], limit: number): Issue[] {
  let left = ALL_INPUTS;
  return issues.slice(0, limit).map((issue) => {
    const size = sizeOf(issue.input);
    if (size > ONE_INPUT || size > left) {
      const { input: _, ...rest } = issue;
      return rest;
    }
    left -= size;
    return issue;
  });
}

function digitsOfBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input, digitsOfBigInt)?.length ?? 0;
  } catch {
    return Infinity;
  }
}
