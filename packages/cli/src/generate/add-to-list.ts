/** The print width of new projects. */
const WIDTH = 100;

/** An option that lists classes: of the application, of its database, of its queue. */
export type ListOption = 'controllers' | 'entities' | 'jobs';

/**
 * Adds a class to the list that an option has, and its import, leaving everything else as it is.
 *
 * @returns undefined unless there is exactly one list of plain names, and the name is free: anything
 *   else would be a guess
 */
export function addToList(
  text: string,
  option: ListOption,
  added: string,
  from: string,
): string | undefined {
  const lists = [...text.matchAll(PLAIN_LISTS[option])];
  const [list] = lists;
  if (list === undefined || lists.length > 1) return undefined;
  const [whole, before = '', inside = ''] = list;
  const names = inside.split(/[\s,]+/).filter((name) => name !== '');
  const module = moduleOf(text, added);
  if (names.includes(added) && module === from) return text;
  // Another one of that name, such as that of another folder.
  if (module !== undefined && module !== from) return undefined;
  const rest = text.slice(list.index + whole.length);
  const after = rest.split('\n', 1)[0]!;
  const changed = changedLine([...names, added], { before, inside, after });
  const listed = text.slice(0, list.index) + changed + rest.slice(after.length);
  return module === from ? listed : withImport(listed, added, from);
}

const PLAIN_LISTS: Readonly<Record<ListOption, RegExp>> = {
  controllers: plainLists('controllers'),
  entities: plainLists('entities'),
  jobs: plainLists('jobs'),
};

function plainLists(option: ListOption): RegExp {
  return new RegExp(`^(?!\\s*(?://|\\*|/\\*))(.*\\b${option}:\\s*)\\[([\\w$,\\s]*)\\]`, 'gm');
}

interface Line {
  readonly before: string;
  /** What stood in the list. */
  readonly inside: string;
  readonly after: string;
}

/** The line, or the lines, of a list as prettier writes them. */
function changedLine(names: readonly string[], { before, inside, after }: Line): string {
  const list = `[${names.join(', ')}]`;
  const line = before + list + after;
  if (!inside.includes('\n') && line.length <= WIDTH) return line;
  const [, indent = '', object, option] = /^(\s*)(.*\{) (\w+: )$/.exec(before) ?? [];
  const [, end] = /^ (\}.*)$/.exec(after) ?? [];
  // An object of this option alone has lines of its own before the list has.
  if (object !== undefined && option !== undefined && end !== undefined) {
    const inner = { before: `${indent}  ${option}`, inside, after: ',' };
    return `${indent}${object}\n${changedLine(names, inner)}\n${indent}${end}`;
  }
  const outer = /^\s*/.exec(before)![0];
  return `${before}[\n${names.map((name) => `${outer}  ${name},\n`).join('')}${outer}]${after}`;
}

/** Where a name is imported from. */
function moduleOf(text: string, name: string): string | undefined {
  for (const [, names, module] of text.matchAll(/^import\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)/gm))
    if (names!.split(/[\s,]+/).includes(name)) return module;
  return undefined;
}

/** Adds an import after the last one and in its style, or at the beginning. */
function withImport(text: string, name: string, from: string): string {
  const last = [...text.matchAll(/^import\b[^;]*?from\s+(['"])[^'"]+['"](;?)[^\S\n]*\n/gm)].at(-1);
  const [{ length } = '', quote = "'", end = ';'] = last ?? [];
  const at = last === undefined ? 0 : last.index + length;
  return `${text.slice(0, at)}import { ${name} } from ${quote}${from}${quote}${end}\n${text.slice(at)}`;
}
