import { type Checker, SymbolFlags, type Type, TypeFlags } from '../project/checker';
import type { Syntax } from '../project/syntax';

const OPEN =
  TypeFlags.Any |
  TypeFlags.Unknown |
  TypeFlags.Never |
  TypeFlags.NonPrimitive |
  TypeFlags.TypeParameter |
  TypeFlags.Conditional;
const OBJECT = TypeFlags.Object | TypeFlags.Intersection;

/** Whether a function gives its value at once, by the return type that the checker infers: it is no promise and no generator. */
export function isImmediate(node: Syntax, checker: Checker): boolean {
  const signature = checker.getSignatureFromDeclaration(node as never);
  const type = signature && checker.getReturnTypeOfSignature(signature);
  return type !== undefined && isPlain(type, checker);
}

function isPlain(type: Type, checker: Checker): boolean {
  if (type.isErrorType() || (type.flags & OPEN) !== 0) return false;
  if (type.isUnionType()) return type.getTypes().every((member) => isPlain(member, checker));
  if ((type.flags & OBJECT) === 0) return true;
  const methods = checker
    .getPropertiesOfType(type)
    .filter(({ flags }) => (flags & (SymbolFlags.Method | SymbolFlags.Property)) !== 0);
  return !methods.some(({ name }) => name === 'then' || name === 'next');
}
