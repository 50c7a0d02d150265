import {
  type Checker,
  type IndexInfo,
  type Symbol,
  type Type,
  TypeFlags,
} from '../project/checker';
import { mentionsParameter, type Syntax } from '../project/syntax';
import { memberOfSymbol } from './members';
import type { Reader } from './reader';
import type { MemberData, Members, TypeData } from './type-data';
import { is, isOpenMapped } from './type-kinds';

/** The properties and the index signature of an object type, or of an intersection of some; nothing of them is left out. */
export function structureOf(type: Type, reader: Reader): TypeData {
  const { checker } = reader;
  const unsupported = { unsupported: checker.typeToString(type) };
  if (!isReadable(type, checker)) return unsupported;
  const object = membersOf(type, reader);
  // No key of JSON is a symbol.
  const all = checker
    .getIndexInfosOfType(type)
    .filter(({ keyType }) => !is(keyType, TypeFlags.ESSymbol));
  const index = all.find(({ keyType }) => is(keyType, TypeFlags.String)) ?? all[0];
  if (!index) return { object };
  if (all.some(({ valueType }) => valueType.id !== index.valueType.id)) return unsupported;
  const isOfText = is(index.keyType, TypeFlags.String);
  const isRecord = type.getAliasSymbol()?.name === 'Record' || !isOfText;
  if (!isRecord || (isOfText && Object.keys(object).length > 0))
    return { object, index: valuesOf(index, reader) };
  return Object.keys(object).length > 0 || all.length > 1
    ? unsupported
    : { record: [reader.type(index.keyType), valuesOf(index, reader)] };
}

/** Whether all that a type consists of is known: not where a type parameter is still open. */
function isReadable(type: Type, checker: Checker): boolean {
  if (type.isIntersectionType())
    return type
      .getTypes()
      .every((each) => is(each, TypeFlags.NonPrimitive) || isReadable(each, checker));
  return type.isObjectType() && !isOpenMapped(type, checker);
}

function membersOf(type: Type, reader: Reader): Members {
  const members = new Map<string, MemberData>();
  for (const property of inOrder(type, reader.checker)) {
    const isHidden = /^__[@#]/.test(property.escapedName);
    const file = property.declarations[0]?.path;
    const member = isHidden
      ? undefined
      : reader.within(file, () => memberOfSymbol(property, reader));
    if (member) members.set(property.name, member);
  }
  // Assigned to an object, `__proto__` would be no property of it.
  return Object.fromEntries(members);
}

/** As people read them: what is inherited comes first. The checker begins with the members of the type itself. */
function inOrder(type: Type, checker: Checker): readonly Symbol[] {
  const properties = checker.getPropertiesOfType(type);
  const inherited = new Set(basesOf(type).flatMap((base) => namesOf(base, checker)));
  const byName = new Map(properties.map((property) => [property.escapedName, property]));
  return [
    ...[...inherited].flatMap((name) => byName.get(name) ?? []),
    ...properties.filter(({ escapedName }) => !inherited.has(escapedName)),
  ];
}

const namesOf = (type: Type, checker: Checker) =>
  inOrder(type, checker).map(({ escapedName }) => escapedName);

/** What a class or an interface extends; the parts of an intersection count as such where they extend something. */
function basesOf(type: Type): readonly Type[] {
  if (type.isIntersectionType())
    return type.getTypes().some((each) => basesOf(each).length > 0) ? type.getTypes() : [];
  const target = type.isTypeReference() ? type.getTarget() : type;
  return (target.isClassOrInterface() ? target.getBaseTypes() : undefined) ?? [];
}

function valuesOf({ declaration, valueType }: IndexInfo, reader: Reader): TypeData {
  const written = (declaration?.resolve(reader.project) as Syntax | undefined)?.type;
  const isAsWritten =
    written &&
    !mentionsParameter(written) &&
    reader.checker.getTypeFromTypeNode(written as never)?.id === valueType.id;
  return isAsWritten ? reader.node(written) : reader.type(valueType);
}
