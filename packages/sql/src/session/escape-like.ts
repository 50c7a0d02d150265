/**
 * For `$like` and `$ilike`: the characters `%`, `_` and the backslash of a text stand for themselves.
 *
 * @param text what is searched for
 * @example
 * db.find(Post, { title: { $ilike: `%${escapeLike(q)}%` } });
 */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
