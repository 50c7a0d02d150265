import {
  type Checker,
  type Node,
  SignatureKind,
  type Symbol,
  SymbolFlags,
  SyntaxKind,
  type Type,
  TypeFlags,
} from '../project/checker';
import { type DesignFacts, type DesignType, VALUE } from '../project/design';
import { childrenOf, has, isClass, type Syntax } from '../project/syntax';
import type { Reader } from './reader';

/** What the names of types in decorated places stand for at run time, where they are no classes: as `tsc` writes `design:type`. */
export function designFactsOf(file: string, reader: Reader): DesignFacts {
  const classes = reader.declarations.of(file).filter(({ node }) => isClass(node));
  const names = classes.flatMap(({ node }) => [...namesIn(node)]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const type = designTypeOf(name, reader);
      return type === undefined ? [] : [[name.getStart(), type] as const];
    }),
  );
}

/** The names of types in the annotations of what is decorated. */
function* namesIn(node: Syntax): Generator<Syntax> {
  const members = node.members ?? [];
  const hasAccessor = members.some((member) => isAccessor(member) && isDecorated(member));
  for (const member of members) {
    const isOfClass = member.kind === SyntaxKind.Constructor && has(node, SyntaxKind.Decorator);
    if (!isOfClass && !isDecorated(member) && !(hasAccessor && isAccessor(member))) continue;
    for (const part of [member, ...(member.parameters ?? [])])
      if (part.type) yield* namesOf(part.type);
  }
}

function* namesOf(node: Syntax): Generator<Syntax> {
  switch (node.kind) {
    case SyntaxKind.TypeReference:
      yield node.typeName!;
      // The values of a rest parameter.
      for (const each of node.typeArguments ?? []) yield* namesOf(each);
      break;
    case SyntaxKind.ArrayType:
    case SyntaxKind.ParenthesizedType:
    case SyntaxKind.TypeOperator:
    case SyntaxKind.UnionType:
    case SyntaxKind.IntersectionType:
    case SyntaxKind.ConditionalType:
      for (const child of childrenOf(node)) yield* namesOf(child);
  }
}

/** Nothing where it is a class that can be read there. */
function designTypeOf(name: Syntax, reader: Reader): DesignType | undefined {
  const { checker } = reader;
  const symbol = resolved(name, checker);
  if (!symbol || checker.isUnknownSymbol(symbol)) return undefined;
  const value = (symbol.flags & SymbolFlags.Value) !== 0 && checker.getTypeOfSymbol(symbol);
  const isMade = value && checker.getSignaturesOfType(value, SignatureKind.Construct).length > 0;
  const isType = isOnlyType(name, reader);
  if (isMade) return isType ? '()=>void' : undefined;
  const kind = kindOf(checker.getDeclaredTypeOfSymbol(symbol), checker);
  return kind && !isType && isValue(resolved(firstName(name), checker)) ? VALUE + kind : kind;
}

/** Something that an import brings at run time. */
function isValue(symbol: Symbol | undefined): boolean {
  const { flags = 0 } = symbol ?? {};
  return (flags & SymbolFlags.Value) !== 0 && (flags & SymbolFlags.ConstEnum) === 0;
}

function resolved(name: Syntax, checker: Checker): Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name as Node);
  return symbol && (symbol.flags & SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** Imported by `import type`, so that there is no value to read. */
function isOnlyType(name: Syntax, reader: Reader): boolean {
  const symbol = reader.checker.getSymbolAtLocation(firstName(name) as Node);
  const declarations = symbol?.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every((handle) => isTypeImport(handle.resolve(reader.project) as Syntax))
  );
}

function isTypeImport(node: Syntax | undefined): boolean {
  if (node === undefined || node.kind === SyntaxKind.ImportDeclaration) return false;
  const isWritten = node.isTypeOnly === true || node.phaseModifier === SyntaxKind.TypeKeyword;
  const holders: readonly number[] = [
    SyntaxKind.ImportSpecifier,
    SyntaxKind.NamespaceImport,
    SyntaxKind.NamedImports,
    SyntaxKind.ImportClause,
  ];
  return holders.includes(node.kind) && (isWritten || isTypeImport(node.parent));
}

function firstName(name: Syntax): Syntax {
  const [left] = childrenOf(name);
  return left ? firstName(left) : name;
}

/** In the order in which `tsc` asks. */
function kindOf(type: Type, checker: Checker): DesignType | undefined {
  if (type.isErrorType()) return undefined;
  if ((type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0) return 'object';
  const isA = (each: Type) => checker.isTypeAssignableTo(type, each);
  const nothing = () => [
    checker.getVoidType(),
    checker.getUndefinedType(),
    checker.getNullType(),
    checker.getNeverType(),
  ];
  if (nothing().some(isA)) return 'void';
  if (isA(checker.getBooleanType())) return 'boolean';
  if (isA(checker.getNumberType())) return 'number';
  if (isA(checker.getBigIntType())) return 'bigint';
  if (isA(checker.getStringType())) return 'string';
  if (checker.isTupleType(type) || checker.isArrayType(type)) return '[]';
  if (isA(checker.getESSymbolType())) return 'symbol';
  const isFunction =
    type.isObjectType() && checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
  return isFunction ? '()=>void' : 'object';
}

function isAccessor({ kind }: Syntax): boolean {
  return kind === SyntaxKind.GetAccessor || kind === SyntaxKind.SetAccessor;
}

function isDecorated(member: Syntax): boolean {
  return [member, ...(member.parameters ?? [])].some((each) => has(each, SyntaxKind.Decorator));
}
