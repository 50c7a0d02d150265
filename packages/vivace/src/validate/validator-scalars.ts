import type { EnumSchema, LiteralSchema, ScalarKind, ScalarSchema } from '../schema/schema';
import type { Code } from './code';
import { Refusal } from './refusal';
import { isLax, READERS, type Mode } from './scalars';

/** What the printing of a value needs to know of the function around it. */
export interface Printing {
  readonly code: Code;
  readonly mode: Mode;
  /** Leaves the function if a condition holds. */
  refuseIf(condition: string): void;
}

/** Prints the reading of a value without parts; gives an expression for the result. */
export function printScalar<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: string,
  printing: Printing,
): string {
  const { code, mode } = printing;
  const test = TESTS[schema.kind]?.(schema, value, code);
  if (test !== undefined && isNeverConverted(schema, mode)) {
    if (test !== 'true') printing.refuseIf(`!(${test})`);
    return value;
  }
  const result = code.variable('read');
  const convert = () => {
    code.line(`${result} = ${conversion(schema, value, printing)};`);
    printing.refuseIf(`${result} instanceof ${code.constant(Refusal, 'Refusal')}`);
  };
  code.line(`let ${result} = ${value};`);
  if (test === undefined) convert();
  else code.block(`if (!(${test}))`, convert);
  return result;
}

/** Whether a value is what it should be already, as an expression; for other kinds only their reader knows. */
const TESTS: {
  readonly [K in ScalarKind]?: (
    schema: ScalarSchema<K>,
    value: string,
    code: Code,
  ) => string | undefined;
} = {
  any: () => 'true',
  null: (_schema, value) => `${value} === null`,
  string: ({ format, trim }, value) =>
    format === undefined && trim !== true ? `typeof ${value} === 'string'` : undefined,
  number: ({ integer }, value) =>
    integer === true
      ? `Number.isSafeInteger(${value})`
      : `typeof ${value} === 'number' && Number.isFinite(${value})`,
  boolean: (_schema, value) => `typeof ${value} === 'boolean'`,
  literal: oneOfThese,
  enum: oneOfThese,
};

/** Whether what does not pass the test is refused. */
function isNeverConverted(schema: ScalarSchema, mode: Mode): boolean {
  if (schema.kind === 'any' || schema.kind === 'null' || schema.kind === 'string') return true;
  return !isLax(schema, mode) && !(schema.kind === 'number' && schema.allowInfNan === true);
}

/** The reader of the kind is called without the way to it. */
function conversion<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: string,
  { code, mode }: Printing,
): string {
  const read = code.constant(READERS[schema.kind], `read_${schema.kind}`);
  const constant = code.constant(schema, schema.kind);
  return `${read}(${constant}, ${value}, ${isLax(schema, mode)}, ${code.key(mode)})`;
}

function oneOfThese({ values }: LiteralSchema | EnumSchema, value: string, code: Code): string {
  const few = values.length <= 8 && values.every((each) => typeof each !== 'bigint');
  if (!few) return `${code.constant(new Set<unknown>(values), 'values')}.has(${value})`;
  return (
    values
      .map((each) => `${value} === ${typeof each === 'string' ? code.key(each) : String(each)}`)
      .join(' || ') || 'false'
  );
}
