import { dirname } from 'node:path';
import { type Checker, type Symbol, type Type, TypeFlags } from '../project/checker';
import { packageAt } from '../project/packages';
import { is } from './type-kinds';

/** What a member of `{ readonly [tag]?: 'int' }` adds to a primitive: its literal, else only that it is there. */
export function tagOf(property: Symbol, checker: Checker): [string, unknown] {
  const type = checker.getTypeOfSymbol(property);
  return [nameOf(property), (type && literalOf(type)) ?? true];
}

function literalOf(type: Type): unknown {
  const types = type.isUnionType() ? type.getTypes() : [type];
  const [only, another] = types.filter((each) => !is(each, TypeFlags.Undefined));
  const isLiteral = another === undefined && only !== undefined && !is(only, TypeFlags.EnumLike);
  return isLiteral && only.isLiteralType() ? only.value : undefined;
}

/** Tags are properties or unique symbols; vivace's own `tag` holds a format. */
function nameOf({ escapedName, name, declarations: [handle] }: Symbol): string {
  const symbolName = /^__@(.*)@\d+$/.exec(escapedName)?.[1];
  if (symbolName === undefined) return name;
  const declaringPackage = handle && packageAt(dirname(handle.path)).name;
  return symbolName === 'tag' && declaringPackage === 'vivace' ? 'format' : symbolName;
}
