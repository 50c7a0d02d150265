import {
  ElementFlags,
  type IndexInfo,
  type Symbol,
  type Type,
  TypeFlags,
  type TypeReference,
} from '../project/checker';
import { memberOfSymbol } from './members';
import type { Reader } from './reader';
import type { MemberData, Primitive, TypeData } from './type-data';
import type { Syntax } from '../project/syntax';
import { tagOf } from './tags';
import { enumOf, is, isDataObject, isDeclared, isFunction, isMapped, isOpen } from './type-kinds';
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
  [TypeFlags.StringMapping, 'string'],
];
const deepest = 12;

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
    if (type.isTemplateLiteralType())
      return { tpl: type.texts, of: type.getTypes().map((each) => this.read(each)) };
    if (type.isTypeParameter()) return this.#parameter(type);
    return this.#guarded(type);
  }

  /** The properties and the index signature of an object type. */
  structure(type: Type): TypeData {
    if (isOpen(type)) return this.#unsupported(type);
    const { checker } = this.#reader;
    const object: Record<string, MemberData> = {};
    for (const property of checker.getPropertiesOfType(type)) {
      const member = /^__[@#]/.test(property.escapedName)
        ? undefined
        : memberOfSymbol(property, this.#reader);
      if (member) object[property.name] = member;
    }
    const [index] = checker.getIndexInfosOfType(type);
    if (!index) return { object };
    const isRecord = Object.keys(object).length === 0 && type.getAliasSymbol()?.name === 'Record';
    if (isRecord) return { record: [this.read(index.keyType), this.read(index.valueType)] };
    return { object, index: this.#indexed(index) };
  }

  #indexed({ declaration, valueType }: IndexInfo): TypeData {
    const written = (declaration?.resolve(this.#reader.project) as Syntax | undefined)?.type;
    const isAsWritten =
      written && this.#reader.checker.getTypeFromTypeNode(written as never)?.id === valueType.id;
    return isAsWritten ? this.#reader.node(written) : this.read(valueType);
  }

  /** A type that is met again inside itself is a reference to its alias; one without a name would never end. */
  #guarded(type: Type): TypeData {
    if (this.#open.has(type.id) || this.#open.size > deepest)
      return this.#aliased(type) ?? this.#unsupported(type);
    this.#open.add(type.id);
    try {
      if (type.isUnionType()) return this.#union(type.getTypes());
      if (type.isIntersectionType()) return this.#intersection(type, type.getTypes());
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
    if (!isDataObject(type, this.#reader.checker)) {
      const symbol = type.getSymbol();
      const named =
        symbol && isDeclared(type) ? this.#reader.named(symbol, args, () => type) : undefined;
      if (named) return named;
      if (isFunction(type, checker)) return 'function';
    }
    return this.#mappedPrimitive(type) ?? this.#aliased(type) ?? this.structure(type);
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
    return args.slice(0, count).map((each) => this.read(each));
  }

  #aliased(type: Type): TypeData | undefined {
    const symbol = type.getAliasSymbol();
    if (!symbol || this.#reader.originOf(symbol) === 'platform') return undefined;
    const declaration = this.#reader.declarations.ofSymbol(symbol);
    return (
      declaration &&
      this.#reader.refer(
        declaration,
        type.getAliasTypeArguments().map((each) => this.read(each)),
        () => type,
      )
    );
  }

  #tuple(type: TypeReference): TypeData {
    const target = type.getTarget();
    const flags = target.isTupleType() ? target.elementFlags : [];
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

  /** A primitive with tags (`number & { readonly [tag]?: 'int' }`), or objects whose properties are merged. */
  #intersection(type: Type, types: readonly Type[]): TypeData {
    const primitive = types.find((each) => is(each, TypeFlags.Primitive));
    if (!primitive) return this.#aliased(type) ?? this.structure(type);
    const tagged = types
      .filter((each) => each !== primitive)
      .flatMap((each) => this.#reader.checker.getPropertiesOfType(each));
    const prim = this.read(primitive);
    return tagged.length === 0
      ? prim
      : {
          prim,
          tags: Object.fromEntries(tagged.map((property) => tagOf(property, this.#reader.checker))),
        };
  }

  #unresolved(): TypeData {
    this.#reader.broken = true;
    return { unsupported: 'a type that TypeScript cannot resolve' };
  }

  #unsupported(type: Type): TypeData {
    return { unsupported: this.#reader.checker.typeToString(type) };
  }
}
