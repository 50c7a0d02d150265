import type {
  LibrarySchema,
  ListSchema,
  RecordSchema,
  ScalarSchema,
  Schema,
  TupleSchema,
  UnionSchema,
} from '../schema/schema';
import { ruleOf } from '../schema/rules/index';
import { acceptsNull } from '../schema/union';
import type { Code } from '../validate/code';
import { seesObject } from '../validate/interpret-checks';
import { itemsIfAny } from '../validate/iterables';
import { isFieldless } from '../validate/properties';
import type { GrowingText } from './growing-text';
import { escaped, keyText } from './json-text';
import { jsonText } from './jsonable';
import { printLibrary } from './serializer-library';
import { MISFIT, printScalar } from './serializer-scalars';
import type { Writers } from './serializer-writers';

/** Prints how values become text; what does not fit leaves the function. */
export class SerializerPrinter {
  readonly #code: Code;
  readonly #writers: Writers;

  constructor(code: Code, writers: Writers) {
    this.#code = code;
    this.#writers = writers;
  }

  /** Prints the text of a value in the place, parts of lists and records included. */
  print(schema: Schema, value: string, text: GrowingText): void {
    switch (schema.kind) {
      case 'list':
        return this.#printList(schema, value, text);
      case 'tuple':
        return this.#printTuple(schema, value, text);
      case 'record':
        return this.#printRecord(schema, value, text);
      case 'union':
        return this.#printNullable(schema, value, text);
      case 'object':
        return this.#printCall(schema, value, text);
      case 'recursive':
        this.printChecks(schema, value);
        return this.#printCall(schema.inner, value, text);
      case 'secret':
        return text.literal('"**********"');
      case 'library':
        return this.#printLibrary(schema, value, text);
      default:
        return this.#printScalar(schema, value, text);
    }
  }

  /** Prints the text of a part: in the place if it is short, else by a function of its own. */
  printPart(schema: Schema, value: string, text: GrowingText): void {
    const nullable =
      schema.kind === 'union' &&
      schema.members.length === 2 &&
      schema.members.some((member) => member.kind === 'null');
    if (!nullable && ['object', 'list', 'tuple', 'record', 'union'].includes(schema.kind))
      this.#printCall(schema, value, text);
    else this.print(schema, value, text);
  }

  /** Prints the text of a value that its schema need not fit: then it is any JSON. */
  printLoose(schema: Schema, value: string, text: GrowingText): void {
    const code = this.#code;
    const write = code.constant(this.#writers.of(schema), 'write');
    text.expression(`(${write}(${value}, false) ?? ${code.constant(jsonText)}(${value}))`);
  }

  /** Prints the constraints of a value. */
  printChecks(schema: Schema, value: string): void {
    const code = this.#code;
    for (const check of schema.checks ?? []) {
      if (seesObject(check)) {
        code.line(`if (checked) ${MISFIT}`);
        return;
      }
      const rule = ruleOf(check);
      const test = rule.emit?.(value, check.args, (constant) => code.constant(constant));
      const called = () =>
        `${code.constant(rule.test, check.rule)}(${value}, ${code.constant(check.args, 'args')})`;
      code.line(`if (checked && !(${test ?? called()})) ${MISFIT}`);
    }
  }

  #printCall(schema: Schema, value: string, text: GrowingText): void {
    const code = this.#code;
    const writers = this.#writers;
    const part = code.variable('part');
    const hint = schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind;
    code.line(
      `const ${part} = ${code.constant(writers.of(schema), `write_${hint}`)}(${value}, checked);`,
    );
    code.line(`if (${part} === undefined) ${MISFIT}`);
    text.expression(part);
  }

  #printNullable(schema: UnionSchema, value: string, text: GrowingText): void {
    const member = schema.members.find((each) => each.kind !== 'null');
    if (member === undefined) return this.#printScalar({ kind: 'null' }, value, text);
    const acceptsNull = schema.members.length > 1;
    if (!acceptsNull) return this.printPart(member, value, text);
    text.fork(
      `${value} === null`,
      () => text.literal('null'),
      () => {
        this.printPart(member, value, text);
        this.printChecks(schema, value);
      },
    );
  }

  #printList(schema: ListSchema, value: string, text: GrowingText): void {
    const code = this.#code;
    const [list, item, index] = [code.variable('list'), code.variable('item'), code.variable('i')];
    code.line(
      `const ${list} = Array.isArray(${value}) ? ${value} : ${code.constant(itemsIfAny, 'itemsOf')}(${value});`,
    );
    code.line(`if (${list} === undefined) ${MISFIT}`);
    this.printChecks(
      schema,
      schema.unique === true ? `(${value} instanceof Set ? ${value} : ${list})` : list,
    );
    text.literal('[');
    text.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1)`, () => {
      // Undefined among the items of a list is null, where null may be.
      const orNull = acceptsNull(schema.items) ? ' ?? null' : '';
      code.line(`const ${item} = ${list}[${index}]${orNull};`);
      text.comma(`${index} === 0`);
      this.printPart(schema.items, item, text);
    });
    text.literal(']');
  }

  #printTuple(schema: TupleSchema, value: string, text: GrowingText): void {
    const code = this.#code;
    const list = code.variable('list');
    code.line(
      `const ${list} = Array.isArray(${value}) ? ${value} : ${code.constant(itemsIfAny, 'itemsOf')}(${value});`,
    );
    code.line(`if (${list} === undefined || ${list}.length < ${schema.required}) ${MISFIT}`);
    if (schema.rest === undefined)
      code.line(`if (${list}.length > ${schema.items.length}) ${MISFIT}`);
    this.printChecks(schema, list);
    text.literal('[');
    const printItem = (item: Schema, index: string) => {
      const variable = code.variable('item');
      code.line(`const ${variable} = ${list}[${index}];`);
      text.comma();
      this.printPart(item, variable, text);
    };
    for (const [index, item] of schema.items.entries())
      text.block(`if (${list}.length > ${index})`, () => printItem(item, String(index)));
    const { rest } = schema;
    if (rest !== undefined) {
      const index = code.variable('i');
      text.block(
        `for (let ${index} = ${schema.items.length}; ${index} < ${list}.length; ${index} += 1)`,
        () => printItem(rest, index),
      );
    }
    text.literal(']');
  }

  #printRecord(schema: RecordSchema, value: string, text: GrowingText): void {
    const code = this.#code;
    const [key, name, item] = [code.variable('key'), code.variable('name'), code.variable('item')];
    const plainKeys =
      schema.keys.kind === 'string' &&
      schema.keys.format === undefined &&
      schema.keys.checks === undefined;
    code.line(
      `if (typeof ${value} !== 'object' || ${value} === null || Array.isArray(${value})) ${MISFIT}`,
    );
    if (!plainKeys) code.line(`if (checked) ${MISFIT}`);
    code.line(
      `if (!(${value} instanceof Map) && ${code.constant(isFieldless, 'isFieldless')}(${value})) ${MISFIT}`,
    );
    this.printChecks(schema, value);
    text.literal('{');
    text.block(
      `for (const [${key}, ${item}] of ${value} instanceof Map ? ${value} : Object.entries(${value}))`,
      () => {
        code.line(`if (${item} === undefined) continue;`);
        code.line(
          `const ${name} = typeof ${key} === 'string' ? ${key} : ${code.constant(keyText, 'keyText')}(${key});`,
        );
        code.line(`if (${name} === undefined) ${MISFIT}`);
        text.comma();
        text.literal('"');
        text.expression(`${code.constant(escaped)}(${name})`);
        text.literal('":');
        this.printPart(schema.values, item, text);
      },
    );
    text.literal('}');
  }

  #printLibrary(schema: LibrarySchema, value: string, text: GrowingText): void {
    text.expression(printLibrary(schema, value, this.#writers.filter, this.#code));
    this.printChecks(schema, value);
  }

  #printScalar(schema: ScalarSchema, value: string, text: GrowingText): void {
    printScalar(schema, value, this.#code, text);
    this.printChecks(schema, value);
  }
}
