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
import { keyText, quote } from './json-text';
import { jsonText } from './jsonable';
import { printLibrary } from './serializer-library';
import { MISFIT, printScalar } from './serializer-scalars';
import type { Writers } from './serializer-writers';

/** Takes an expression for a text and prints what is done with it. */
export type Sink = (text: string) => void;

/** Prints how values become text; what does not fit leaves the function. */
export class SerializerPrinter {
  readonly #code: Code;
  readonly #writers: Writers;

  constructor(code: Code, writers: Writers) {
    this.#code = code;
    this.#writers = writers;
  }

  /** Prints the text of a value in the place, parts of lists and records included. */
  print(schema: Schema, value: string, sink: Sink): void {
    switch (schema.kind) {
      case 'list':
        return this.#printList(schema, value, sink);
      case 'tuple':
        return this.#printTuple(schema, value, sink);
      case 'record':
        return this.#printRecord(schema, value, sink);
      case 'union':
        return this.#printNullable(schema, value, sink);
      case 'object':
        return this.#printCall(schema, value, sink);
      case 'recursive':
        this.printChecks(schema, value);
        return this.#printCall(schema.inner, value, sink);
      case 'secret':
        return sink(`'"**********"'`);
      case 'library':
        return this.#printLibrary(schema, value, sink);
      default:
        return this.#printScalar(schema, value, sink);
    }
  }

  /** Prints the text of a part: in the place if it is short, else by a function of its own. */
  printPart(schema: Schema, value: string, sink: Sink): void {
    const nullable =
      schema.kind === 'union' &&
      schema.members.length === 2 &&
      schema.members.some((member) => member.kind === 'null');
    if (!nullable && ['object', 'list', 'tuple', 'record', 'union'].includes(schema.kind))
      this.#printCall(schema, value, sink);
    else this.print(schema, value, sink);
  }

  /** Prints the text of a value that its schema need not fit: then it is any JSON. */
  printLoose(schema: Schema, value: string, sink: Sink): void {
    const code = this.#code;
    const text = code.variable('text');
    const write = code.constant(this.#writers.of(schema), 'write');
    code.line(`const ${text} = ${write}(${value}, false) ?? ${code.constant(jsonText)}(${value});`);
    sink(text);
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

  #printCall(schema: Schema, value: string, sink: Sink): void {
    const code = this.#code;
    const writers = this.#writers;
    const text = code.variable('text');
    const hint = schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind;
    code.line(
      `const ${text} = ${code.constant(writers.of(schema), `write_${hint}`)}(${value}, checked);`,
    );
    code.line(`if (${text} === undefined) ${MISFIT}`);
    sink(text);
  }

  #printNullable(schema: UnionSchema, value: string, sink: Sink): void {
    const code = this.#code;
    const member = schema.members.find((each) => each.kind !== 'null');
    if (member === undefined) return this.#printScalar({ kind: 'null' }, value, sink);
    const acceptsNull = schema.members.length > 1;
    if (!acceptsNull) return this.printPart(member, value, sink);
    code.block(`if (${value} === null)`, () => sink(`'null'`));
    code.block('else', () => {
      this.printPart(member, value, sink);
      this.printChecks(schema, value);
    });
  }

  #printList(schema: ListSchema, value: string, sink: Sink): void {
    const code = this.#code;
    const [list, text, item] = [
      code.variable('list'),
      code.variable('text'),
      code.variable('item'),
    ];
    code.line(
      `const ${list} = Array.isArray(${value}) ? ${value} : ${code.constant(itemsIfAny, 'itemsOf')}(${value});`,
    );
    code.line(`if (${list} === undefined) ${MISFIT}`);
    this.printChecks(
      schema,
      schema.unique === true ? `(${value} instanceof Set ? ${value} : ${list})` : list,
    );
    code.line(`let ${text} = '[';`);
    const index = code.variable('i');
    code.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1)`, () => {
      // Undefined among the items of a list is null, where null may be.
      const orNull = acceptsNull(schema.items) ? ' ?? null' : '';
      code.line(`const ${item} = ${list}[${index}]${orNull};`);
      this.printPart(schema.items, item, (part) =>
        code.line(`${text} += ${index} === 0 ? ${part} : ',' + ${part};`),
      );
    });
    sink(`${text} + ']'`);
  }

  #printTuple(schema: TupleSchema, value: string, sink: Sink): void {
    const code = this.#code;
    const [list, text] = [code.variable('list'), code.variable('text')];
    code.line(
      `const ${list} = Array.isArray(${value}) ? ${value} : ${code.constant(itemsIfAny, 'itemsOf')}(${value});`,
    );
    code.line(`if (${list} === undefined || ${list}.length < ${schema.required}) ${MISFIT}`);
    if (schema.rest === undefined)
      code.line(`if (${list}.length > ${schema.items.length}) ${MISFIT}`);
    this.printChecks(schema, list);
    code.line(`let ${text} = '[';`);
    const printItem = (item: Schema, index: string) => {
      const variable = code.variable('item');
      code.line(`const ${variable} = ${list}[${index}];`);
      this.printPart(item, variable, (part) =>
        code.line(
          `${text} += ${index === '0' ? part : `${text}.length === 1 ? ${part} : ',' + ${part}`};`,
        ),
      );
    };
    for (const [index, item] of schema.items.entries())
      code.block(`if (${list}.length > ${index})`, () => printItem(item, String(index)));
    const { rest } = schema;
    if (rest !== undefined) {
      const index = code.variable('i');
      code.block(
        `for (let ${index} = ${schema.items.length}; ${index} < ${list}.length; ${index} += 1)`,
        () => printItem(rest, index),
      );
    }
    sink(`${text} + ']'`);
  }

  #printRecord(schema: RecordSchema, value: string, sink: Sink): void {
    const code = this.#code;
    const [text, key] = [code.variable('text'), code.variable('key')];
    const [name, item] = [code.variable('name'), code.variable('item')];
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
    code.line(`let ${text} = '{';`);
    code.block(
      `for (const [${key}, ${item}] of ${value} instanceof Map ? ${value} : Object.entries(${value}))`,
      () => {
        code.line(`if (${item} === undefined) continue;`);
        code.line(
          `const ${name} = typeof ${key} === 'string' ? ${key} : ${code.constant(keyText, 'keyText')}(${key});`,
        );
        code.line(`if (${name} === undefined) ${MISFIT}`);
        this.printPart(schema.values, item, (part) =>
          code.line(
            `${text} += (${text}.length === 1 ? '' : ',') + ${code.constant(quote)}(${name}) + ':' + ${part};`,
          ),
        );
      },
    );
    sink(`${text} + '}'`);
  }

  #printLibrary(schema: LibrarySchema, value: string, sink: Sink): void {
    const text = printLibrary(schema, value, this.#writers.filter, this.#code);
    this.printChecks(schema, value);
    sink(text);
  }

  #printScalar(schema: ScalarSchema, value: string, sink: Sink): void {
    const text = printScalar(schema, value, this.#code);
    this.printChecks(schema, value);
    sink(text);
  }
}
