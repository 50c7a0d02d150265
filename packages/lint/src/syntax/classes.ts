import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Class, parseSync, type Program } from 'oxc-parser';

/** A class, and where it stands. */
interface Declared {
  readonly node: Class;
  readonly program: Program;
  readonly file: string;
}

/**
 * A class by its name in a file, and then the classes that it extends, as far as they are declared
 * in the project.
 */
export function* classesOf(name: string, program: Program, file: string): Generator<Class> {
  const seen = new Set<Class>();
  let declared = classOf(name, program, file);
  while (declared && !seen.has(declared.node)) {
    const { superClass } = declared.node;
    seen.add(declared.node);
    yield declared.node;
    declared =
      superClass?.type === 'Identifier'
        ? classOf(superClass.name, declared.program, declared.file)
        : undefined;
  }
}

/**
 * Finds a class by its name in a file: declared there, or imported from another file of the project
 * or exported from it again.
 */
function classOf(
  name: string,
  program: Program,
  file: string,
  seen: ReadonlySet<string> = new Set(),
): Declared | undefined {
  const place = `${file} ${name}`;
  if (seen.has(place)) return undefined;
  const elsewhere = (specifier: string, other: string): Declared | undefined => {
    const path = sourceOf(specifier, file);
    if (path === undefined) return undefined;
    const { program: found } = parseSync(path, readFileSync(path, 'utf8'));
    return classOf(other, found, path, new Set([...seen, place]));
  };
  for (const statement of program.body) {
    const declared =
      'declaration' in statement && statement.declaration ? statement.declaration : statement;
    const isDefault = statement.type === 'ExportDefaultDeclaration' && name === 'default';
    if (declared.type === 'ClassDeclaration' && (isDefault || declared.id?.name === name))
      return { node: declared, program, file };
    const [specifier, other] = originOf(name, statement) ?? [];
    const found =
      specifier === undefined || other === undefined ? undefined : elsewhere(specifier, other);
    if (found) return found;
  }
  return undefined;
}

/** Where a statement takes a name from, and how it is called there. */
function originOf(
  name: string,
  statement: Program['body'][number],
): readonly [specifier: string, name: string] | undefined {
  if (statement.type === 'ExportAllDeclaration' && statement.exported === null)
    return [statement.source.value, name];
  if (statement.type === 'ExportNamedDeclaration' && statement.source) {
    const found = statement.specifiers.find(({ exported }) => textOf(exported) === name);
    return found && [statement.source.value, textOf(found.local)];
  }
  if (statement.type !== 'ImportDeclaration') return undefined;
  const found = statement.specifiers.find(({ local }) => local.name === name);
  if (found?.type === 'ImportDefaultSpecifier') return [statement.source.value, 'default'];
  return found?.type === 'ImportSpecifier'
    ? [statement.source.value, textOf(found.imported)]
    : undefined;
}

const textOf = (
  name: { type: 'Literal'; value: string } | { type: 'Identifier'; name: string },
): string => (name.type === 'Identifier' ? name.name : name.value);

function sourceOf(specifier: string, file: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(dirname(file), specifier);
  return [path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, resolve(path, 'index.ts')].find(
    (candidate) => /\.[cm]?ts$/.test(candidate) && existsSync(candidate),
  );
}
