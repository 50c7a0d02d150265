import type { EnumSchema, LiteralSchema, ScalarKind, ScalarSchema } from '../schema/schema';
import type { Code } from '../validate/code';
import { formatReaders } from '../validate/formats';
import type { GrowingText } from './growing-text';
import { instantText } from './instant-text';
import { bytesText, escaped } from './json-text';
import { jsonText } from './jsonable';

/** Leaves the function: the value does not fit. */
export const MISFIT = 'return undefined;';

/** Prints what a value without parts has to be, and adds its text. */
export function printScalar<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: string,
  code: Code,
  text: GrowingText,
): void {
  PRINTERS[schema.kind](schema, value, code, text);
}

const demand = (test: string, code: Code) => code.line(`if (!(${test})) ${MISFIT}`);

function quoted(expression: string, text: GrowingText): void {
  text.literal('"');
  text.expression(expression);
  text.literal('"');
}

const PRINTERS: {
  readonly [K in ScalarKind]: (
    schema: ScalarSchema<K>,
    value: string,
    code: Code,
    text: GrowingText,
  ) => void;
} = {
  any: (_schema, value, code, text) => text.expression(`${code.constant(jsonText)}(${value})`),
  null(_schema, value, code, text) {
    demand(`${value} === null`, code);
    text.literal('null');
  },
  string({ format, trim }, value, code, text) {
    demand(`typeof ${value} === 'string'`, code);
    if (format !== undefined) {
      const read = code.constant(formatReaders[format], format);
      code.line(`if (checked && ${read}(${value}) !== ${value}) ${MISFIT}`);
    }
    if (trim === true) code.line(`if (checked && ${value}.trim() !== ${value}) ${MISFIT}`);
    quoted(`${code.constant(escaped)}(${value})`, text);
  },
  number({ integer, allowInfNan }, value, code, text) {
    if (integer === true) demand(`Number.isSafeInteger(${value})`, code);
    else
      demand(
        `typeof ${value} === 'number'${allowInfNan === true ? '' : ` && Number.isFinite(${value})`}`,
        code,
      );
    text.expression(
      allowInfNan === true ? `(Number.isFinite(${value}) ? ${value} : 'null')` : value,
    );
  },
  boolean(_schema, value, code, text) {
    demand(`typeof ${value} === 'boolean'`, code);
    text.either(value, 'true', 'false');
  },
  bigint(_schema, value, code, text) {
    demand(`typeof ${value} === 'bigint'`, code);
    text.expression(value);
  },
  instant(_schema, value, code, text) {
    demand(`${value} instanceof Date && !Number.isNaN(${value}.getTime())`, code);
    quoted(`${code.constant(instantText)}(${value})`, text);
  },
  bytes({ encoding }, value, code, text) {
    const bytes = code.variable('bytes');
    const how = encoding === undefined ? '' : `, ${code.key(encoding)}`;
    demand(`${value} instanceof Uint8Array || ${value} instanceof ArrayBuffer`, code);
    code.line(`const ${bytes} = ${code.constant(bytesText)}(${value}${how});`);
    demand(`${bytes} !== undefined`, code);
    quoted(`${code.constant(escaped)}(${bytes})`, text);
  },
  literal: oneOfThese,
  enum: oneOfThese,
  file: (_schema, _value, code) => void code.line(MISFIT),
};

function oneOfThese(
  { values }: LiteralSchema | EnumSchema,
  value: string,
  code: Code,
  text: GrowingText,
): void {
  const found = code.variable('found');
  const texts = new Map(
    values.map((each) => [each, typeof each === 'bigint' ? String(each) : JSON.stringify(each)]),
  );
  code.line(`const ${found} = ${code.constant(texts, 'texts')}.get(${value});`);
  demand(`${found} !== undefined`, code);
  text.expression(found);
}
