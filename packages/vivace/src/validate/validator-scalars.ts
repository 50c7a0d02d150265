import type { Check } from '../schema/check';
import { ruleOf } from '../schema/rules/index';
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

/** Whether a value fits as it is, as an expression; undefined where only a reader knows. */
export function scalarFits<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: string,
  code: Code,
): string | undefined {
  const test = TESTS[schema.kind]?.(schema, value, code);
  if (test === undefined) return undefined;
  const holds = schema.checks?.map((check) => `(${ruleHolds(check, value, code)})`) ?? [];
  return [test.includes('||') ? `(${test})` : test, ...holds].join(' && ');
}

/** Whether a constraint of ours holds, as an expression. */
export function ruleHolds(check: Check, value: string, code: Code): string {
  return (
    ruleOf(check).emit?.(value, check.args, (constant) => code.constant(constant)) ??
    ruleTest(check, value, code)
  );
}

export function ruleTest({ rule, args, ...check }: Check, value: string, code: Code): string {
  const test = code.constant(ruleOf({ rule, args, ...check }).test, rule);
  return `${test}(${value}, ${code.constant(args, 'args')})`;
}

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
