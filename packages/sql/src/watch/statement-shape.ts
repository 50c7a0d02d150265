/** Names in quotes, texts with and without escapes, parameters, numbers. */
const PIECES =
  /"[^"]*"|[eE]'(?:[^'\\]|''|\\[^])*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$\d+|\b\d+(?:\.\d+)?\b/g;
const LISTS = /\(\?(?:, ?\?)+\)/g;

/** A statement without its values, which MikroORM writes into it: `select "h0".* from "hero" as "h0" where "h0"."id" = ?`. */
export function statementShape(statement: string): string {
  return statement
    .replace(PIECES, (piece) => (piece.startsWith('"') ? piece : '?'))
    .replace(LISTS, '(?)');
}
