import { dirname } from 'node:path';
import type { Symbol } from '../project/checker';
import { packageAt } from '../project/packages';
import type { Reader } from './reader';
import { withoutUndefined } from './unions';

/** What a member of `{ readonly [tag]?: 'int' }` adds to a primitive: its literal, else only that it is there. */
export function tagOf(property: Symbol, reader: Reader): [string, unknown] {
  const value = withoutUndefined(reader.type(reader.checker.getTypeOfSymbol(property)));
  return [nameOf(property), typeof value === 'object' && 'lit' in value ? value.lit : true];
}

/** Tags are properties or unique symbols; vivace's own `tag` holds a format. */
function nameOf({ escapedName, name, declarations: [handle] }: Symbol): string {
  const symbolName = /^__@(.*)@\d+$/.exec(escapedName)?.[1];
  if (symbolName === undefined) return name;
  const declaringPackage = handle && packageAt(dirname(handle.path)).name;
  return symbolName === 'tag' && declaringPackage === 'vivace' ? 'format' : symbolName;
}
