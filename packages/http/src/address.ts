/** What stands in the place of a part of a path, and in a query. */
export type Value = string | number | bigint | boolean;

/** Values of a query; those that are undefined are left out. */
export type QueryValues = Readonly<Record<string, Value | readonly Value[] | undefined>>;

/** A colon that follows a letter, a digit or another part is itself: `/things/:id:cancel`, `/urn:isbn`. */
const PART = /(?<![\p{L}\p{N}_$]):([\p{L}\p{N}_$]+)/gu;

/**
 * The path and query of a call, below that of the service.
 *
 * @param template the path with the names of its parts: `/charges/:id`
 * @throws TypeError for a path that does not begin with a slash, leaves a part open or has none for a value
 */
export function pathOf(
  base: URL,
  template: string,
  parts: Readonly<Record<string, Value>> = {},
  query: QueryValues = {},
): string {
  if (
    !template.isWellFormed() ||
    !/^\/(?![/\\])/.test(template) ||
    /[\s?#\\]|\/\.\.?(?:\/|$)/.test(template)
  )
    throw new TypeError(
      `'${template}' is no path: it begins with one slash, and has no query; values go into \`params\` and \`query\`.`,
    );
  const known = new Set<string>();
  const path = template
    .replace(PART, (_, name: string) => {
      known.add(name);
      return written(name, Object.hasOwn(parts, name) ? parts[name] : undefined);
    })
    .replace(/[^\0-\x7f]+/g, encodeURIComponent);
  const more = Object.keys(parts).find((name) => !known.has(name));
  if (more !== undefined)
    throw new TypeError(
      `\`params\` has '${more}', and '${template}' has no ':${more}' behind a '/', '-' or '.'.`,
    );
  const asked = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one): [string, string][] => (one === undefined ? [] : [[name, String(one)]])),
  );
  const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`;
  return base.pathname.replace(/\/$/, '') + path + search;
}

/** A value never becomes more than one part of the path. */
function written(name: string, value: Value | undefined): string {
  if (value === undefined) throw new TypeError(`Nothing is given for ':${name}' of the path.`);
  const text = String(value);
  if (/^\.{0,2}$/.test(text))
    throw new TypeError(`'${text}' cannot stand for ':${name}': it would lead to another path.`);
  if (!text.isWellFormed())
    throw new TypeError(
      `What is given for ':${name}' is half of a pair of surrogates, and no text.`,
    );
  return encodeURIComponent(text);
}
