import type { FieldFilter } from '../declare/options/field-filter';
import type { LibrarySchema } from '../schema/schema';
import type { Code } from '../validate/code';
import { hasValue, keepSaid } from '../validate/interpret-library';
import { filteredText } from './jsonable';
import { MISFIT } from './serializer-scalars';

/** Prints the call of a schema of another library for what was not read by it; gives an expression for the text. */
export function printLibrary(
  { standard }: LibrarySchema,
  value: string,
  filter: FieldFilter,
  code: Code,
): string {
  const [given, said] = [code.variable('given'), code.variable('said')];
  code.line(`let ${given} = ${value};`);
  code.block('if (checked)', () => {
    code.line(
      `const ${said} = ${code.constant(standard['~standard'], 'schema')}.validate(${value});`,
    );
    code.block(`if (!${code.constant(hasValue)}(${said}))`, () => {
      const keep = code.constant(keepSaid);
      code.line(`${keep}(${code.constant(standard, 'standard')}, ${value}, ${said});`);
      code.line(MISFIT);
    });
    code.line(`${given} = ${said}.value;`);
  });
  return `${code.constant(filteredText)}(${given}, ${code.constant(filter, 'filter')})`;
}
