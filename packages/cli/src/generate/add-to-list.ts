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
  const replaced =
    before + listOf([...names, added], before, inside, lineEnd(text, list.index + whole.length));
  const listed = text.slice(0, list.index) + replaced + text.slice(list.index + whole.length);
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

function listOf(names: readonly string[], before: string, inside: string, after: number): string {
  const line = `[${names.join(', ')}]`;
  if (!inside.includes('\n') && before.length + line.length + after <= WIDTH) return line;
  const indent = /^\s*/.exec(before)![0];
  return `[\n${names.map((name) => `${indent}  ${name},\n`).join('')}${indent}]`;
}

const lineEnd = (text: string, at: number): number => text.slice(at).split('\n', 1)[0]!.length;

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
