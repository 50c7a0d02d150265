import {
  type Checker,
  type Project,
  type Symbol,
  SymbolFlags,
  type Type,
} from '../project/checker';
import { dirname } from 'node:path';
import { type Declaration, Declarations } from './declarations';
import { builtinOf, isPlatform } from './globals';
import { packageAt } from '../project/packages';
import { isDeclarationFile } from '../project/sources';
import { isDeclared, isFunction, markedType } from './type-kinds';
import type { ForeignData, TypeData } from './type-data';
import type { Syntax } from '../project/syntax';
import { TypeNodes } from './type-nodes';
import { CheckedTypes } from './checked-types';
import { SchemaLibraries } from './schema-libraries';

/** Where a generic declaration has its arguments: `Flags<User>`. */
export interface GenericUse {
  /** Its `to` is set when the definition of this use was made. */
  readonly reference: { readonly ref: string; readonly args: readonly TypeData[]; to?: string };
  readonly declaration: Declaration;
  readonly type: () => Type | undefined;
  /** It stands where all arguments are given, so that nothing depends on a type parameter that its arguments may still name. */
  readonly isResolved: boolean;
}

/** Reads types as data: by their syntax where that says all, else by what the checker makes of them. */
export class Reader {
  readonly checker: Checker;
  readonly declarations: Declarations;
  /** Definitions that a reference asks for. */
  readonly wanted = new Set<Declaration>();
  /** References to generic declarations. */
  readonly uses: GenericUse[] = [];
  /** An error type was met since this was last set to false. */
  broken = false;

  #isResolving = false;
  readonly #nodes = new TypeNodes(this);
  readonly #types = new CheckedTypes(this);
  readonly #libraries = new SchemaLibraries(this);

  constructor(readonly project: Project) {
    this.checker = project.checker;
    this.declarations = new Declarations(project);
  }

  node(node: Syntax): TypeData {
    return this.#nodes.read(node);
  }

  /** The type of a field, which keeps what a library calls it. */
  field(node: Syntax): TypeData {
    return this.#nodes.readField(node);
  }

  /** What stands for a written type that is made of a schema of another library; undefined for others. */
  madeOfSchema(node: Syntax): TypeData | undefined {
    return this.#libraries.madeOf(node);
  }

  type(type: Type | undefined): TypeData {
    return type ? this.#types.read(type) : 'unknown';
  }

  /** An argument of a generic type, which names the type together with the others. */
  argument(data: TypeData, type: Type | undefined): TypeData {
    if (typeof data === 'string' || !('object' in data)) return data;
    const symbol = type?.getAliasSymbol();
    const isMade = symbol && this.originOf(symbol) === 'platform';
    return isMade ? { ...data, as: madeName(type!) } : data;
  }

  /** What a type consists of, whatever it is called. */
  expanded(type: Type): TypeData {
    return this.#types.expanded(type);
  }

  /** What an alias without parameters stands for. */
  alias(declaration: Declaration): TypeData {
    return this.#nodes.inPlace(declaration);
  }

  /** A reference to a declaration, whose definition is then wanted; `type` tells what it is with its arguments. */
  refer(
    declaration: Declaration,
    args: readonly TypeData[],
    type: () => Type | undefined,
  ): TypeData {
    this.wanted.add(declaration);
    if (args.length === 0) return { ref: declaration.id };
    const reference = { ref: declaration.id, args: [...args] };
    this.uses.push({ reference, declaration, type, isResolved: this.#isResolving });
    return reference;
  }

  /** Reads a generic declaration with its arguments. */
  resolving<T>(read: () => T): T {
    const before = this.#isResolving;
    this.#isResolving = true;
    try {
      return read();
    } finally {
      this.#isResolving = before;
    }
  }

  /** Reads what stands in a file: what a declaration file cannot resolve is no mistake of the program. */
  within<T>(file: string | undefined, read: () => T): T {
    const before = this.broken;
    const data = read();
    if (file !== undefined && isDeclarationFile(file)) this.broken = before;
    return data;
  }

  /** What a class, an interface or an enum is called at run time; undefined where only its structure tells. */
  named(
    symbol: Symbol,
    args: () => readonly TypeData[],
    type: () => Type | undefined,
  ): TypeData | undefined {
    const origin = this.originOf(symbol);
    if (origin === 'platform') return platformType(symbol.name, args);
    const declaration = this.declarations.ofSymbol(symbol);
    if (!declaration) return undefined;
    if (this.isMachinery(symbol)) return this.foreign(symbol, args());
    return this.refer(declaration, args(), type);
  }

  /** What a library declares, by its name there. */
  foreign({ name, declarations }: Symbol, args: readonly TypeData[]): ForeignData {
    const { name: module } = packageAt(dirname(declarations[0]!.path));
    return { foreign: name, module, ...(args.length > 0 && { args }) };
  }

  /** Who declares a symbol: the platform, a library that knows nothing of us, or code with ids of its own. */
  originOf(symbol: Symbol): 'platform' | 'foreign' | 'own' {
    const handle = symbol.declarations[0];
    if (!handle) return 'own';
    const file = handle.path as string;
    const { name } = packageAt(dirname(file));
    if (isPlatform(file, name)) return 'platform';
    if (!file.includes('/node_modules/')) return 'own';
    const declaration = this.declarations.ofSymbol(symbol);
    return declaration && this.declarations.shipped(declaration) !== undefined ? 'own' : 'foreign';
  }

  /** An object type that only an alias can name: a literal, mapped or intersected one with properties, not a class, a list, a record or a function. */
  isDataObject(type: Type): boolean {
    const { checker } = this;
    if (type.isIntersectionType())
      return (
        !markedType(type, checker) &&
        type
          .getTypes()
          .every((each) => each.isObjectType() && !isFunction(each, checker) && !this.isWhole(each))
      );
    if (!type.isObjectType() || checker.isArrayType(type) || checker.isTupleType(type))
      return false;
    if (isDeclared(type) || isFunction(type, checker)) return false;
    return (
      checker.getPropertiesOfType(type).length > 0 || checker.getIndexInfosOfType(type).length === 0
    );
  }

  /** A list, or a class or an interface of the platform or of a library that is more than its members. */
  isWhole(type: Type): boolean {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) return true;
    const symbol = isDeclared(type) ? type.getSymbol() : undefined;
    if (!symbol) return false;
    const isOfLibrary = isDeclarationFile(symbol.declarations[0]?.path ?? '');
    return this.originOf(symbol) === 'platform' || (isOfLibrary && this.#isHuge(symbol));
  }

  /** A class or an interface of a library that is no data. */
  isMachinery(symbol: Symbol): boolean {
    const origin = this.originOf(symbol);
    return origin === 'platform' || (origin === 'foreign' && this.#isHuge(symbol));
  }

  /** Types with methods, or very many properties, are a library's machinery, not data. */
  #isHuge(symbol: Symbol): boolean {
    if ((symbol.flags & SymbolFlags.Enum) !== 0) return false;
    const properties = this.checker.getPropertiesOfType(
      this.checker.getDeclaredTypeOfSymbol(symbol),
    );
    return (
      properties.length > 60 || properties.some(({ flags }) => (flags & SymbolFlags.Method) !== 0)
    );
  }
}

function platformType(name: string, args: () => readonly TypeData[]): TypeData {
  if (name === 'Array' || name === 'ReadonlyArray') return { array: args()[0] ?? 'unknown' };
  if (name === 'Function') return 'function';
  if (name === 'Object') return 'object';
  const builtin = builtinOf(name);
  if (!builtin) return { unsupported: name };
  return {
    builtin: builtin.name,
    ...(builtin.arity > 0 && { args: args().slice(0, builtin.arity) }),
  };
}

/** `OmitUser` for `Omit<User, 'id'>`. */
function madeName(type: Type): string {
  const symbol = type.getAliasSymbol();
  if (!symbol) return isDeclared(type) ? (type.getSymbol()?.name ?? '') : '';
  return [symbol.name, ...type.getAliasTypeArguments().map(madeName)].join('');
}
