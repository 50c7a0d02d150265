import {
  ElementFlags,
  type Symbol,
  type Type,
  TypeFlags,
  type TypeReference,
} from '../project/checker';
import { wholeOf } from './intersections';
import type { Reader } from './reader';
import type { Primitive, TypeData } from './type-data';
import { tagOf } from './tags';
import { structureOf } from './structure';
import { enumOf, is, isDeclared, isFunction, isMapped } from './type-kinds';
import { unionOf, withoutUndefined } from './unions';

const primitives: readonly (readonly [flag: number, name: Primitive])[] = [
  [TypeFlags.Any, 'any'],
  [TypeFlags.Unknown, 'unknown'],
  [TypeFlags.Undefined, 'undefined'],
  [TypeFlags.Null, 'null'],
  [TypeFlags.Void, 'void'],
  [TypeFlags.String, 'string'],
  [TypeFlags.Number, 'number'],
  [TypeFlags.BigInt, 'bigint'],
  [TypeFlags.Boolean, 'boolean'],
  [TypeFlags.ESSymbol, 'symbol'],
  [TypeFlags.UniqueESSymbol, 'symbol'],
  [TypeFlags.NonPrimitive, 'object'],
  [TypeFlags.Never, 'never'],
];
/** Types of a library may refer to each other without end and without names. */
const deepest = 32;

/** Reads what the checker knows of a type. */
export class CheckedTypes {
  readonly #reader: Reader;
  readonly #open = new Set<number>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  read(type: Type): TypeData {
    if (type.isErrorType()) return this.#unresolved();
    if (is(type, TypeFlags.EnumLike)) return this.#enum(type);
    const primitive = primitives.find(([flag]) => is(type, flag));
    if (primitive) return primitive[1];
    if (type.isBigIntLiteralType()) return { big: String(type.value) };
    if (type.isLiteralType()) return { lit: type.value as string | number | boolean };
    if (type.isTemplateLiteralType()) return this.#template(type, type.texts, type.getTypes());
    if (type.isTypeParameter()) return this.#parameter(type);
    // What a branch of a conditional type knows besides of the type that it tests.
    if (type.isSubstitutionType()) return this.read(type.getBaseType());
    return this.#guarded(type);
  }

  /** What a type consists of, whatever it is called. */
  expanded(type: Type): TypeData {
    const { checker } = this.#reader;
    if (type.isIntersectionType())
      return wholeOf(type, this.#reader) ?? structureOf(type, this.#reader);
    if (!type.isObjectType() || checker.isArrayType(type) || checker.isTupleType(type))
      return this.read(type);
    return isFunction(type, checker) ? 'function' : structureOf(type, this.#reader);
  }

  /** A type that is met again inside itself is a reference to its alias; one without a name would never end. */
  #guarded(type: Type): TypeData {
    if (this.#open.has(type.id) || this.#open.size > deepest)
      return this.#aliased(type) ?? this.#unsupported(type);
    this.#open.add(type.id);
    try {
      if (type.isUnionType()) return this.#union(type.getTypes());
      if (type.isIntersectionType())
        return wholeOf(type, this.#reader) ?? this.#aliased(type) ?? this.expanded(type);
      return type.isObjectType() ? this.#object(type) : this.#unsupported(type);
    } finally {
      this.#open.delete(type.id);
    }
  }

  #object(type: Type): TypeData {
    const { checker } = this.#reader;
    const args = () => this.#argumentsOf(type);
    if (checker.isTupleType(type)) return this.#tuple(type as TypeReference);
    if (checker.isArrayType(type)) return { array: args()[0] ?? 'unknown' };
    if (!this.#reader.isDataObject(type)) {
      const symbol = type.getSymbol();
      const named =
        symbol && isDeclared(type) ? this.#reader.named(symbol, args, () => type) : undefined;
      if (named) return named;
      if (isFunction(type, checker)) return 'function';
    }
    return this.#mappedPrimitive(type) ?? this.#aliased(type) ?? structureOf(type, this.#reader);
  }

  /** A mapped type leaves primitives alone, but takes one with tags (`int`) for an object with its methods. */
  #mappedPrimitive(type: Type): TypeData | undefined {
    if (!isMapped(type)) return undefined;
    const properties = this.#reader.checker.getPropertiesOfType(type);
    const has = (method: string) => properties.some(({ name }) => name === method);
    const prim = has('toExponential') ? 'number' : has('charCodeAt') ? 'string' : undefined;
    if (!prim) return undefined;
    const tags = properties.filter((property) => this.#reader.originOf(property) !== 'platform');
    return {
      prim,
      tags: Object.fromEntries(tags.map((property) => tagOf(property, this.#reader.checker))),
    };
  }

  /** Without the argument for `this` that classes and interfaces carry. */
  #argumentsOf(type: Type): TypeData[] {
    const target = type.isTypeReference() ? type.getTarget() : type;
    const count = target.isClassOrInterface() ? target.getTypeParameters().length : 0;
    if (count === 0) return [];
    const args = this.#reader.checker.getTypeArguments(type as TypeReference);
    return args.slice(0, count).map((each) => this.#argument(each));
  }

  #argument(type: Type): TypeData {
    return this.#reader.argument(this.read(type), type);
  }

  #aliased(type: Type): TypeData | undefined {
    const symbol = type.getAliasSymbol();
    if (!symbol || this.#reader.originOf(symbol) === 'platform') return undefined;
    const declaration = this.#reader.declarations.ofSymbol(symbol);
    return (
      declaration &&
      this.#reader.refer(
        declaration,
        type.getAliasTypeArguments().map((each) => this.#argument(each)),
        () => type,
      )
    );
  }

  /** What stands between the texts is known but for a type parameter, or `Uppercase<string>`. */
  #template(type: Type, tpl: readonly string[], types: readonly Type[]): TypeData {
    const of = types.map((each) => this.read(each));
    const isKnown = (each: TypeData) =>
      typeof each === 'string' ? each !== 'symbol' : 'prim' in each || 'tpl' in each;
    return of.every(isKnown) ? { tpl, of } : this.#unsupported(type);
  }

  #tuple(type: TypeReference): TypeData {
    const target = type.getTarget();
    const flags = target.isTupleType() ? target.elementFlags : [];
    if (flags.some((flag) => (flag & ElementFlags.Variadic) !== 0)) return this.#unsupported(type);
    const elements = this.#reader.checker.getTypeArguments(type).map((each, index) => {
      const element = this.read(each);
      const flag = flags[index] ?? ElementFlags.Required;
      if ((flag & ElementFlags.Optional) !== 0) return { opt: withoutUndefined(element) };
      return (flag & ElementFlags.Variable) !== 0 ? { rest: element } : element;
    });
    return { tuple: elements };
  }

  #parameter(type: Type): TypeData {
    const symbol = type.getSymbol();
    const isThis = type.isTypeParameter() && type.isThisType;
    if (isThis)
      return (
        (symbol &&
          this.#reader.named(
            symbol,
            () => [],
            () => type,
          )) ??
        this.#unsupported(type)
      );
    return symbol ? { param: symbol.name } : this.#unsupported(type);
  }

  /** All members of an enum are the enum. The checker begins with null, people end with it. */
  #union(types: readonly Type[]): TypeData {
    const enums = new Map<number, { symbol: Symbol; members: Type[] }>();
    for (const type of types.filter((each) => is(each, TypeFlags.EnumLike))) {
      const symbol = enumOf(type);
      if (!symbol) continue;
      const entry = enums.get(symbol.id) ?? { symbol, members: [] };
      enums.set(symbol.id, { symbol, members: [...entry.members, type] });
    }
    const empty = types.filter((type) => is(type, TypeFlags.Nullable));
    return unionOf(
      [...types.filter((type) => !empty.includes(type)), ...empty].map((type) => {
        const entry = is(type, TypeFlags.EnumLike) ? enums.get(enumOf(type)?.id ?? -1) : undefined;
        const isWhole = entry && entry.members.length === entry.symbol.getExports().size;
        return (
          (isWhole &&
            this.#reader.named(
              entry.symbol,
              () => [],
              () => type,
            )) ||
          this.read(type)
        );
      }),
    );
  }

  #enum(type: Type): TypeData {
    const symbol = enumOf(type);
    const isWhole =
      symbol && (type.getSymbol()?.id === symbol.id || symbol.getExports().size === 1);
    if (symbol && isWhole)
      return (
        this.#reader.named(
          symbol,
          () => [],
          () => type,
        ) ?? this.#unsupported(type)
      );
    return type.isLiteralType() ? { lit: type.value as string | number } : this.#unsupported(type);
  }

  #unresolved(): TypeData {
    this.#reader.broken = true;
    return { unsupported: 'a type that TypeScript cannot resolve' };
  }

  #unsupported(type: Type): TypeData {
    return { unsupported: this.#reader.checker.typeToString(type) };
  }
}
