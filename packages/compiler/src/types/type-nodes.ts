import { type Symbol, SymbolFlags, SyntaxKind } from '../project/checker';
import type { Declaration } from './declarations';
import type { Reader } from './reader';
import type { Primitive, TypeData } from './type-data';
import { isOptional, type Syntax } from '../project/syntax';
import { unionOf } from './unions';

const keywords: Readonly<Record<number, Primitive>> = {
  [SyntaxKind.StringKeyword]: 'string',
  [SyntaxKind.NumberKeyword]: 'number',
  [SyntaxKind.BooleanKeyword]: 'boolean',
  [SyntaxKind.BigIntKeyword]: 'bigint',
  [SyntaxKind.UndefinedKeyword]: 'undefined',
  [SyntaxKind.VoidKeyword]: 'void',
  [SyntaxKind.NeverKeyword]: 'never',
  [SyntaxKind.AnyKeyword]: 'any',
  [SyntaxKind.UnknownKeyword]: 'unknown',
  [SyntaxKind.ObjectKeyword]: 'object',
  [SyntaxKind.SymbolKeyword]: 'symbol',
};

/** Reads type annotations by their syntax: it is quick, keeps the order of unions and the names of aliases. */
export class TypeNodes {
  readonly #reader: Reader;
  /** Aliases that are being read in place: one that is met again is recursive, and becomes a reference. */
  readonly #open = new Set<string>();
  readonly #recursive = new Set<string>();
  #isField = false;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  read(node: Syntax): TypeData {
    const keyword = keywords[node.kind];
    if (keyword) return keyword;
    switch (node.kind) {
      case SyntaxKind.ParenthesizedType:
        return this.read(node.type!);
      case SyntaxKind.ArrayType:
        return { array: this.read(node.elementType!) };
      case SyntaxKind.TypeOperator:
        return node.operator === SyntaxKind.ReadonlyKeyword
          ? this.read(node.type!)
          : this.#checked(node);
      case SyntaxKind.UnionType:
        return unionOf(node.types!.map((type) => this.read(type)));
      case SyntaxKind.LiteralType:
        return literalOf(node.literal!) ?? this.#checked(node);
      case SyntaxKind.TupleType:
        return node.elements!.some(isSpreadOfTuple)
          ? this.#checked(node)
          : { tuple: node.elements!.map((each) => this.#element(each)) };
      case SyntaxKind.FunctionType:
      case SyntaxKind.ConstructorType:
        return 'function';
      case SyntaxKind.TypeReference:
        return this.#reference(node);
      default:
        return this.#checked(node);
    }
  }

  /** The type of a field, in which generic aliases of libraries keep their names: `Opt<Date>` may say more than `Date`. */
  readField(node: Syntax): TypeData {
    const before = this.#isField;
    this.#isField = true;
    try {
      return this.read(node);
    } finally {
      this.#isField = before;
    }
  }

  #checked(node: Syntax): TypeData {
    return this.#reader.madeOfSchema(node) ?? this.#reader.type(this.#typeOf(node));
  }

  #argument(node: Syntax): TypeData {
    return this.#reader.argument(this.read(node), this.#typeOf(node));
  }

  #typeOf(node: Syntax) {
    return this.#reader.checker.getTypeFromTypeNode(node as never);
  }

  #element(node: Syntax): TypeData | { opt: TypeData } | { rest: TypeData } {
    if (node.kind === SyntaxKind.RestType || node.dotDotDotToken)
      return { rest: this.read(node.type!.elementType!) };
    if (node.kind === SyntaxKind.OptionalType || isOptional(node))
      return { opt: this.read(node.type!) };
    return this.read(node.kind === SyntaxKind.NamedTupleMember ? node.type! : node);
  }

  #reference(node: Syntax): TypeData {
    const { checker } = this.#reader;
    const found = checker.getSymbolAtLocation(node.typeName!);
    const symbol =
      found && (found.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(found) : found;
    if (!symbol || checker.isUnknownSymbol(symbol)) return this.#checked(node);
    if ((symbol.flags & SymbolFlags.TypeParameter) !== 0) return { param: symbol.name };
    if ((symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface | SymbolFlags.Enum)) !== 0)
      return this.#named(symbol, node);
    if ((symbol.flags & SymbolFlags.TypeAlias) === 0) return this.#checked(node);
    const of = this.#alias(symbol, node);
    return this.#isNamedByLibrary(symbol, node, of)
      ? {
          ...this.#reader.foreign(
            symbol,
            node.typeArguments!.map((each) => this.read(each)),
          ),
          of,
        }
      : of;
  }

  /** Whether a field has a generic alias of a library that is known by what it stands for, which has another name. */
  #isNamedByLibrary(symbol: Symbol, node: Syntax, of: TypeData): boolean {
    if (!this.#isField || !node.typeArguments?.length) return false;
    if (this.#reader.originOf(symbol) !== 'foreign' || this.#reader.madeOfSchema(node))
      return false;
    const id = this.#reader.declarations.ofSymbol(symbol)?.id;
    return typeof of === 'string' || !('ref' in of) || of.ref !== id;
  }

  #named(symbol: Symbol, node: Syntax): TypeData {
    const made = symbol.flags & SymbolFlags.Interface ? this.#reader.madeOfSchema(node) : undefined;
    if (made) return made;
    const parameters = symbol.flags & SymbolFlags.Enum ? 0 : this.#parametersOf(symbol);
    const given = node.typeArguments ?? [];
    if (given.length < parameters) return this.#checked(node);
    const args = () => given.map((each) => this.#argument(each));
    return this.#reader.named(symbol, args, () => this.#typeOf(node)) ?? this.#checked(node);
  }

  #parametersOf(symbol: Symbol): number {
    if (this.#reader.originOf(symbol) === 'platform') return 0;
    return this.#reader.declarations.ofSymbol(symbol)?.node.typeParameters?.length ?? 0;
  }

  #alias(symbol: Symbol, node: Syntax): TypeData {
    const args = node.typeArguments ?? [];
    if (this.#reader.originOf(symbol) === 'platform') {
      const [key, value] = symbol.name === 'Record' ? args.map((each) => this.read(each)) : [];
      return key !== undefined && value !== undefined && isOpenKey(key)
        ? { record: [key, value] }
        : this.#checked(node);
    }
    const made = this.#reader.madeOfSchema(node);
    if (made) return made;
    const declaration = this.#reader.declarations.ofSymbol(symbol);
    const parameters = declaration?.node.typeParameters ?? [];
    if (!declaration || args.length < parameters.length) return this.#checked(node);
    const type = this.#typeOf(node);
    if (type && this.#reader.isDataObject(type)) {
      return this.#reader.refer(
        declaration,
        args.map((each) => this.#argument(each)),
        () => type,
      );
    }
    const inPlace = this.inPlace(declaration);
    if (this.#recursive.has(declaration.id)) {
      return this.#reader.refer(
        declaration,
        args.map((each) => this.#argument(each)),
        () => type,
      );
    }
    return parameters.length > 0 ? this.#reader.type(type) : inPlace;
  }

  /** What an alias without parameters stands for. */
  inPlace(alias: Declaration): TypeData {
    if (this.#open.has(alias.id)) {
      this.#recursive.add(alias.id);
      return this.#reader.refer(alias, [], () => undefined);
    }
    this.#open.add(alias.id);
    try {
      const { fileName } = alias.node.getSourceFile();
      return this.#reader.within(fileName, () => this.read(alias.node.type!));
    } finally {
      this.#open.delete(alias.id);
    }
  }
}

/** The keys of a record of any length; literal keys are properties instead. */
function isOpenKey(key: TypeData): boolean {
  return typeof key === 'string' || 'prim' in key || 'tpl' in key;
}

function isSpreadOfTuple(node: Syntax): boolean {
  const isRest = node.kind === SyntaxKind.RestType || Boolean(node.dotDotDotToken);
  return isRest && node.type?.kind !== SyntaxKind.ArrayType;
}

function literalOf(node: Syntax): TypeData | undefined {
  switch (node.kind) {
    case SyntaxKind.NullKeyword:
      return 'null';
    case SyntaxKind.TrueKeyword:
      return { lit: true };
    case SyntaxKind.FalseKeyword:
      return { lit: false };
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return { lit: node.text! };
    case SyntaxKind.NumericLiteral:
      return { lit: Number(node.text) };
    default:
      return undefined;
  }
}
