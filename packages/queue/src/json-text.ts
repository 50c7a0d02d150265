/**
 * Whether PostgreSQL refuses a JSON text that JavaScript wrote: it keeps neither U+0000 nor halves of
 * a pair of surrogates, which are the only ones that `JSON.stringify` writes by number.
 */
export function isRefused(json: string): boolean {
  return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/.test(json);
}
