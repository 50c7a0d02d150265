import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEMPLATES = join(__dirname, '../../templates');
/** Folders that tools make inside a template are not part of it. */
const WRITTEN_BY_TOOLS = /(?:^|[\\/])(?:\.vivace|node_modules|dist)(?:[\\/]|$)/;

/**
 * The files of a template by their paths, with its words filled in as `templates/README.md` says.
 *
 * @param folder of the template, below `templates`
 */
export function templateFiles(
  folder: string,
  words: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const directory = join(TEMPLATES, folder);
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !WRITTEN_BY_TOOLS.test(entry.parentPath.slice(directory.length)),
  );
  return new Map(
    entries.map(({ parentPath, name }) => {
      const text = readFileSync(join(parentPath, name), 'utf8');
      const path = join(parentPath.slice(directory.length + 1), name);
      return [fill(path, words), fill(withoutEmptyLines(text, words), words)];
    }),
  );
}

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? '');
}

function withoutEmptyLines(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/^.*\{\{(\w+)\}\}.*\n/gm, (line, word: string) =>
    words[word] === '' ? '' : line,
  );
}
