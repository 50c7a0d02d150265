import type { ListSchema, RecordSchema, Schema, TupleSchema } from '../schema/schema';
import { digitsAt, digitsOf } from './digits';
import { isLimit } from './interpret-collections';
import { setOwn } from './properties';
import type { ValidatorPrinter } from './validator-values';

/** Prints the reading of an array or a set; gives the variable of the result. */
export function printList(schema: ListSchema, value: string, values: ValidatorPrinter): string {
  const { code } = values;
  const list = code.variable('list');
  const result = code.variable('read');
  const index = code.variable('i');
  const item = code.variable('item');
  code.line(
    `const ${list} = Array.isArray(${value}) ? ${value} : ${value} instanceof Set ? Array.from(${value}) : undefined;`,
  );
  values.refuseIf(`${list} === undefined`);
  if (schema.unique !== true)
    values.printChecks({ ...schema, checks: schema.checks?.filter(isLimit) ?? [] }, list);
  code.line(`const ${result} = ${schema.unique === true ? 'new Set()' : '[]'};`);
  code.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1)`, () => {
    code.line(
      `const ${item} = ${partOf(schema.items, value, index, `${list}[${index}]`, values)};`,
    );
    code.line(
      `${result}.${schema.unique === true ? 'add' : 'push'}(${values.print(schema.items, item)});`,
    );
  });
  return result;
}

/** Prints the reading of an array of which each place has its own type. */
export function printTuple(schema: TupleSchema, value: string, values: ValidatorPrinter): string {
  const { code } = values;
  const { items, required, rest } = schema;
  const result = code.variable('read');
  values.refuseIf(`!Array.isArray(${value}) || ${value}.length < ${required}`);
  if (rest === undefined) values.refuseIf(`${value}.length > ${items.length}`);
  code.line(`const ${result} = [];`);
  const printItem = (item: Schema, index: string) => {
    const variable = code.variable('item');
    code.line(`const ${variable} = ${partOf(item, value, index, `${value}[${index}]`, values)};`);
    code.line(`${result}.push(${values.print(item, variable)});`);
  };
  for (const [index, item] of items.entries())
    code.block(`if (${value}.length > ${index})`, () => printItem(item, String(index)));
  if (rest !== undefined) {
    const index = code.variable('i');
    code.block(
      `for (let ${index} = ${items.length}; ${index} < ${value}.length; ${index} += 1)`,
      () => printItem(rest, index),
    );
  }
  return result;
}

/** Prints the reading of a plain object with free keys, or a map. */
export function printRecord(schema: RecordSchema, value: string, values: ValidatorPrinter): string {
  const { code } = values;
  const result = code.variable('read');
  const name = code.variable('name');
  const item = code.variable('item');
  const key = code.variable('key');
  values.refuseIf(`typeof ${value} !== 'object' || ${value} === null || Array.isArray(${value})`);
  code.line(`const ${result} = ${schema.as === 'map' ? 'new Map()' : '{}'};`);
  code.block(
    `for (const [${name}, ${item}] of ${value} instanceof Map ? ${value} : Object.entries(${value}))`,
    () => {
      code.line(`const ${key} = ${values.printKey(schema.keys, `String(${name})`)};`);
      const given = code.variable('given');
      code.line(`const ${given} = ${partOf(schema.values, value, name, item, values)};`);
      const read = values.print(schema.values, given);
      code.line(
        schema.as === 'map'
          ? `${result}.set(${key}, ${read});`
          : `${code.constant(setOwn)}(${result}, String(${key}), ${read});`,
      );
    },
  );
  return result;
}

/** An expression for a part of a value, by the digits that were sent if they are wanted. */
export function partOf(
  schema: Schema,
  holder: string,
  key: string,
  part: string,
  { code, mode }: Pick<ValidatorPrinter, 'code' | 'mode'>,
): string {
  const digits = mode === 'json' ? digitsOf(schema) : undefined;
  return digits === undefined
    ? part
    : `${code.constant(digitsAt)}(${holder}, ${key}, ${part}, ${code.constant(digits, 'digits')})`;
}
