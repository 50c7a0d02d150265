import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { type Symbol, SymbolFlags, SyntaxKind } from '../project/checker';
import { entriesOf } from '../project/entries';
import { packageAt, portable } from '../project/packages';
import { isClass, type Syntax } from '../project/syntax';
import type { Declaration } from './declarations';
import type { Reader } from './reader';

/**
 * The JavaScript of what a declaration file declares, by package and path: beside it, else what the package is imported by. The
 * framework loads a class of a package that was not compiled with Vivace from there, with its decorators and initialisers.
 */
export function scriptOf(declarationFile: string): string | undefined {
  const { root, name } = packageAt(dirname(declarationFile));
  const beside = declarationFile.replace(/\.d\.([cm]?)ts$/, '.$1js');
  const script = [beside, ...entriesOf(root)].find((file) => existsSync(file));
  return script && `${name}/${portable(relative(root, script))}`;
}

/** The classes that a file imports from packages that were not compiled with Vivace: it may name them as values. */
export function importedClasses(file: string, reader: Reader): Declaration[] {
  const source = reader.project.program.getSourceFile(file) as Syntax | undefined;
  return (source?.statements ?? [])
    .flatMap(bindingsOf)
    .flatMap((name) => symbolsOf(name, reader))
    .flatMap((symbol) => {
      const isClassSymbol = (symbol.flags & SymbolFlags.Class) !== 0;
      const declaration =
        isClassSymbol && !reader.isMachinery(symbol)
          ? reader.declarations.ofSymbol(symbol)
          : undefined;
      return declaration && isForeign(declaration, reader) ? [declaration] : [];
    });
}

function isForeign(declaration: Declaration, reader: Reader): boolean {
  const { isDeclarationFile } = declaration.node.getSourceFile();
  const isShipped = reader.declarations.shipped(declaration) !== undefined;
  return isClass(declaration.node) && isDeclarationFile && !isShipped;
}

/** The names that an import brings, without those of types. */
function bindingsOf({ kind, importClause }: Syntax): readonly Syntax[] {
  if (kind !== SyntaxKind.ImportDeclaration || !importClause) return [];
  const { name, namedBindings, phaseModifier } = importClause;
  if (phaseModifier === SyntaxKind.TypeKeyword) return [];
  const named =
    namedBindings?.kind === SyntaxKind.NamespaceImport
      ? [namedBindings]
      : (namedBindings?.elements ?? []).filter(({ isTypeOnly }) => !isTypeOnly);
  return [...(name ? [name] : []), ...named.flatMap((each) => each.name ?? [])];
}

function symbolsOf(name: Syntax, { checker }: Reader): readonly Symbol[] {
  const found = checker.getSymbolAtLocation(name);
  if (!found || (found.flags & SymbolFlags.Alias) === 0) return [];
  const target = checker.getAliasedSymbol(found);
  const isNamespace = name.parent.kind === SyntaxKind.NamespaceImport;
  return isNamespace ? checker.getExportsOfModule(target) : [target];
}
