import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Class, parseSync, type Program } from 'oxc-parser';

/**
 * Finds a class by its name in a file: declared there, or imported from another file of the
 * project.
 */
export function classOf(name: string, program: Program, file: string): Class | undefined {
  for (const statement of program.body) {
    const declared =
      'declaration' in statement && statement.declaration ? statement.declaration : statement;
    if (declared.type === 'ClassDeclaration' && declared.id?.name === name) return declared;
    if (statement.type !== 'ImportDeclaration') continue;
    const found = statement.specifiers.find(({ local }) => local.name === name);
    if (found?.type !== 'ImportSpecifier') continue;
    const path = sourceOf(statement.source.value, file);
    const imported =
      found.imported.type === 'Identifier' ? found.imported.name : found.imported.value;
    return path === undefined
      ? undefined
      : classOf(imported, parseSync(path, readFileSync(path, 'utf8')).program, path);
  }
  return undefined;
}

function sourceOf(specifier: string, file: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(dirname(file), specifier);
  return [path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`].find(
    (candidate) => /\.[cm]?ts$/.test(candidate) && existsSync(candidate),
  );
}
