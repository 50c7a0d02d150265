import type { EnumSchema, LiteralSchema, ScalarKind, ScalarSchema } from '../schema/schema';
import type { Code } from '../validate/code';
import { formatReaders } from '../validate/formats';
import { bytesText, instantText, quote } from './json-text';
import { jsonText } from './jsonable';

/** Leaves the function: the value does not fit. */
export const MISFIT = 'return undefined;';

/** Prints what a value without parts has to be; gives an expression for its text. */
export function printScalar<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: string,
  code: Code,
): string {
  return TEXTS[schema.kind](schema, value, code);
}

const demand = (test: string, code: Code) => code.line(`if (!(${test})) ${MISFIT}`);

const TEXTS: {
  readonly [K in ScalarKind]: (schema: ScalarSchema<K>, value: string, code: Code) => string;
} = {
  any: (_schema, value, code) => `${code.constant(jsonText)}(${value})`,
  null(_schema, value, code) {
    demand(`${value} === null`, code);
    return `'null'`;
  },
  string({ format, trim }, value, code) {
    demand(`typeof ${value} === 'string'`, code);
    if (format !== undefined) {
      const read = code.constant(formatReaders[format], format);
      code.line(`if (checked && ${read}(${value}) !== ${value}) ${MISFIT}`);
    }
    if (trim === true) code.line(`if (checked && ${value}.trim() !== ${value}) ${MISFIT}`);
    return `${code.constant(quote)}(${value})`;
  },
  number({ integer, allowInfNan }, value, code) {
    if (integer === true) demand(`Number.isSafeInteger(${value})`, code);
    else
      demand(
        `typeof ${value} === 'number'${allowInfNan === true ? '' : ` && Number.isFinite(${value})`}`,
        code,
      );
    return allowInfNan === true
      ? `(Number.isFinite(${value}) ? '' + ${value} : 'null')`
      : `('' + ${value})`;
  },
  boolean(_schema, value, code) {
    demand(`typeof ${value} === 'boolean'`, code);
    return `(${value} ? 'true' : 'false')`;
  },
  bigint(_schema, value, code) {
    demand(`typeof ${value} === 'bigint'`, code);
    return `('' + ${value})`;
  },
  instant(_schema, value, code) {
    demand(`${value} instanceof Date && !Number.isNaN(${value}.getTime())`, code);
    return `'"' + ${code.constant(instantText)}(${value}) + '"'`;
  },
  bytes({ encoding }, value, code) {
    const text = code.variable('text');
    const how = encoding === undefined ? '' : `, ${code.key(encoding)}`;
    demand(`${value} instanceof Uint8Array || ${value} instanceof ArrayBuffer`, code);
    code.line(`const ${text} = ${code.constant(bytesText)}(${value}${how});`);
    demand(`${text} !== undefined`, code);
    return `${code.constant(quote)}(${text})`;
  },
  literal: oneOfThese,
  enum: oneOfThese,
  file(_schema, _value, code) {
    code.line(MISFIT);
    return `''`;
  },
};

function oneOfThese({ values }: LiteralSchema | EnumSchema, value: string, code: Code): string {
  const text = code.variable('text');
  const texts = new Map(
    values.map((each) => [each, typeof each === 'bigint' ? String(each) : JSON.stringify(each)]),
  );
  code.line(`const ${text} = ${code.constant(texts, 'texts')}.get(${value});`);
  demand(`${text} !== undefined`, code);
  return text;
}
