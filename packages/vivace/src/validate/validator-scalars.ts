import type { EnumSchema, LiteralSchema, ScalarSchema } from '../schema/schema';
import type { Code } from './code';
import { formatReaders, readInstant } from './formats';
import { Refusal } from './refusal';
import { readBoolean, readInteger, readScalar, type Mode } from './scalars';

/** What the printing of a value needs to know of the function around it. */
export interface Printing {
  readonly code: Code;
  readonly mode: Mode;
  /** Leaves the function if a condition holds. */
  refuseIf(condition: string): void;
}

/** Prints the reading of a value without parts; gives an expression for the result. */
export function printScalar(schema: ScalarSchema, value: string, printing: Printing): string {
  const { code } = printing;
  switch (schema.kind) {
    case 'any':
      return value;
    case 'null':
      printing.refuseIf(`${value} !== null`);
      return value;
    case 'string':
      if (schema.format !== undefined || schema.trim === true) break;
      printing.refuseIf(`typeof ${value} !== 'string'`);
      return value;
    case 'number':
      return printUnless(
        schema.integer === true
          ? `Number.isSafeInteger(${value})`
          : `typeof ${value} === 'number' && Number.isFinite(${value})`,
        schema,
        value,
        printing,
      );
    case 'boolean':
      return printUnless(`typeof ${value} === 'boolean'`, schema, value, printing);
    case 'literal':
    case 'enum':
      return printUnless(oneOfThese(schema, value, code), schema, value, printing);
  }
  const result = code.variable('read');
  code.line(`const ${result} = ${conversion(schema, value, printing)};`);
  printing.refuseIf(`${result} instanceof ${code.constant(Refusal, 'Refusal')}`);
  return result;
}

/** Converts a value that is not yet what it should be. */
function printUnless(
  test: string,
  schema: ScalarSchema,
  value: string,
  printing: Printing,
): string {
  const { code, mode } = printing;
  if (
    schema.strict === true &&
    mode === 'json' &&
    (schema.kind !== 'number' || schema.allowInfNan !== true)
  ) {
    printing.refuseIf(`!(${test})`);
    return value;
  }
  const result = code.variable('read');
  code.line(`let ${result} = ${value};`);
  code.block(`if (!(${test}))`, () => {
    code.line(`${result} = ${conversion(schema, value, printing)};`);
    printing.refuseIf(`${result} instanceof ${code.constant(Refusal, 'Refusal')}`);
  });
  return result;
}

function conversion(schema: ScalarSchema, value: string, { code, mode }: Printing): string {
  const lax = mode === 'text' || schema.strict !== true;
  if (lax && schema.kind === 'string' && schema.format !== undefined && schema.trim !== true) {
    return `${code.constant(formatReaders[schema.format], schema.format)}(${value})`;
  }
  if (lax && schema.kind === 'number' && schema.integer === true)
    return `${code.constant(readInteger)}(${value}, true)`;
  if (lax && schema.kind === 'boolean') return `${code.constant(readBoolean)}(${value})`;
  if (lax && schema.kind === 'instant') return `${code.constant(readInstant)}(${value})`;
  return `${code.constant(readScalar)}(${code.constant(schema, schema.kind)}, ${value}, ${code.key(mode)})`;
}

function oneOfThese(schema: LiteralSchema | EnumSchema, value: string, code: Code): string {
  const few = schema.values.length <= 8 && schema.values.every((each) => typeof each !== 'bigint');
  if (!few) return `${code.constant(new Set<unknown>(schema.values), 'values')}.has(${value})`;
  return (
    schema.values
      .map((each) => `${value} === ${typeof each === 'string' ? code.key(each) : String(each)}`)
      .join(' || ') || 'false'
  );
}
