/**
 * Whether a statement only reads, so that it needs no transaction: one `select` that locks nothing and
 * calls nothing but functions that are known to change nothing. What is not sure is no plain read.
 */
export function isPlainRead(sql: string): boolean {
  if (!SELECT.test(sql) || UNSURE.test(sql)) return false;
  const bare = sql.replace(QUOTED, ' x ');
  if (MORE.test(bare)) return false;
  return [...bare.matchAll(CALL)].every(([, name]) => PURE.has(name!.toLowerCase()));
}

const SELECT = /^\s*select\b/i;
// Comments, dollar quotes and escapes hide where a text ends.
const UNSURE = /--|\/\*|\\|\$(?!\d)/;
const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'/g;
const MORE = /;|\b(?:for|into)\b/i;
const CALL = /\b([a-z_][a-z0-9_]*)\s*\(/gi;
const PURE: ReadonlySet<string> = new Set(
  (
    'count sum avg min max coalesce nullif greatest least lower upper length trim concat abs round ' +
    'floor ceil date_trunc extract now to_char array_agg string_agg json_agg jsonb_agg over cast ' +
    'json_build_object jsonb_build_object json_build_array jsonb_build_array row_number rank ' +
    'in and or not exists any all as from select where on by values filter when then else'
  ).split(' '),
);
