import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Checker, type Symbol, SymbolFlags, SyntaxKind } from '../project/checker';
import { packageAt } from '../project/packages';
import { isDeclarationFile } from '../project/sources';
import { childrenOf, type Syntax } from '../project/syntax';
import type { Declarations } from './declarations';
import type { TypeData } from './type-data';

/** Kinds of nodes that name a type, with the part that names it. */
const names: Readonly<Record<number, 'typeName' | 'exprName' | 'expression'>> = {
  [SyntaxKind.TypeReference]: 'typeName',
  [SyntaxKind.TypeQuery]: 'exprName',
  [SyntaxKind.ExpressionWithTypeArguments]: 'expression',
};

/** What is known of symbols. */
interface Symbols {
  readonly checker: Checker;
  readonly declarations: Declarations;
  originOf(symbol: Symbol): 'platform' | 'foreign' | 'own';
}

/** Tells written types that schemas of other libraries give (`z.infer<typeof item>`): the schema has rules that its type has not. */
export class SchemaLibraries {
  readonly #symbols: Symbols;
  readonly #packages = new Map<string, boolean>();
  /** By id of an alias. */
  readonly #aliases = new Map<string, boolean>();

  constructor(symbols: Symbols) {
    this.#symbols = symbols;
  }

  /** What stands for a type that is made of a schema; undefined for others. */
  madeOf(node: Syntax): TypeData | undefined {
    return this.#mentions(node)
      ? { unsupported: node.getText().replaceAll(/\s+/g, ' '), schema: true }
      : undefined;
  }

  /** A type literal is read by its members. */
  #mentions(node: Syntax): boolean {
    if (node.kind === SyntaxKind.TypeLiteral) return false;
    const part = names[node.kind];
    const name = part && (node as unknown as Record<string, Syntax | undefined>)[part];
    if (name && this.#isMade(name)) return true;
    // What a query or a class names is a value.
    const inner = node.kind === SyntaxKind.TypeQuery ? [] : childrenOf(node);
    return inner.some((child) => this.#mentions(child));
  }

  #isMade(name: Syntax): boolean {
    const { checker, declarations } = this.#symbols;
    const found = checker.getSymbolAtLocation(name as never);
    const symbol =
      found && (found.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(found) : found;
    if (!symbol || checker.isUnknownSymbol(symbol)) return false;
    if (this.#isOfLibrary(symbol)) return true;
    if ((symbol.flags & (SymbolFlags.TypeAlias | SymbolFlags.Interface)) === 0) return false;
    const declaration = declarations.ofSymbol(symbol);
    if (!declaration || declaration.node.getSourceFile().isDeclarationFile) return false;
    const known = this.#aliases.get(declaration.id);
    if (known !== undefined) return known;
    this.#aliases.set(declaration.id, false);
    const { type, heritageClauses = [] } = declaration.node;
    const isMade = [...(type ? [type] : []), ...heritageClauses].some((each) =>
      this.#mentions(each),
    );
    this.#aliases.set(declaration.id, isMade);
    return isMade;
  }

  /** Declared by a package that exports schemas, by the standard that they have in common. */
  #isOfLibrary(symbol: Symbol): boolean {
    const file = symbol.declarations[0]?.path as string | undefined;
    if (!file?.includes('/node_modules/') || this.#symbols.originOf(symbol) !== 'foreign')
      return false;
    const { root, name } = packageAt(dirname(file));
    const known = this.#packages.get(root) ?? (name !== 'vivace' && exportsSchemas(root));
    this.#packages.set(root, known);
    return known;
  }
}

function exportsSchemas(directory: string): boolean {
  const entries = readdirSync(directory, { withFileTypes: true });
  const has = (name: string): boolean =>
    isDeclarationFile(name) &&
    /['"]~standard['"]/.test(readFileSync(join(directory, name), 'utf8'));
  return (
    entries.some((entry) => entry.isFile() && has(entry.name)) ||
    entries.some(
      (entry) =>
        entry.isDirectory() &&
        entry.name !== 'node_modules' &&
        exportsSchemas(join(directory, entry.name)),
    )
  );
}
