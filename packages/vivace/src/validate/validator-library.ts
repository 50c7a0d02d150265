import type { LibrarySchema } from '../schema/schema';
import { hasValue, keepSaid } from './interpret-library';
import type { Printing } from './validator-scalars';

/** Prints the call of a schema of another library; gives an expression for the value. */
export function printLibrary(
  { standard }: LibrarySchema,
  value: string,
  { code }: Printing,
): string {
  const said = code.variable('said');
  code.line(
    `const ${said} = ${code.constant(standard['~standard'], 'schema')}.validate(${value});`,
  );
  code.line(
    `if (!${code.constant(hasValue)}(${said})) return ${code.constant(keepSaid)}(${code.constant(standard, 'standard')}, ${value}, ${said});`,
  );
  return `${said}.value`;
}
