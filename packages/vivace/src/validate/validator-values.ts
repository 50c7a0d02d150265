import { Secret } from '../declare/secret';
import type { Check } from '../schema/check';
import { ruleOf } from '../schema/rules/index';
import type {
  EnumSchema,
  ListSchema,
  LiteralSchema,
  RecordSchema,
  Schema,
  TupleSchema,
  UnionSchema,
} from '../schema/schema';
import type { Code } from './code';
import { digitsAt, digitsOf } from './digits';
import { isLimit } from './interpret-collections';
import { INVALID } from './validation-state';
import { formatReaders, readInstant } from './formats';
import { passes } from './hooks';
import { setOwn } from './properties';
import { Refusal } from './refusal';
import { readBoolean, readInteger, readScalar, type Mode } from './scalars';
import type { ScalarSchema } from '../schema/schema';
import type { Validators } from './validators';

/** Prints how values are read: what does not fit leaves the function with `INVALID`. */
export class ValidatorPrinter {
  /** The DTO that the values are parts of, as an expression. */
  object = 'object';
  readonly #misfit: string;

  readonly #code: Code;
  readonly #validators: Validators;

  constructor(code: Code, validators: Validators) {
    this.#code = code;
    this.#validators = validators;

    this.#misfit = `return ${code.constant(INVALID, 'INVALID')};`;
  }

  get mode(): Mode {
    return this.#validators.mode;
  }

  get groups(): readonly string[] | undefined {
    return this.#validators.groups;
  }

  /** The options of a reading, as an expression. */
  get options(): string {
    return this.#code.constant(this.#validators.options, 'options');
  }

  /** Leaves the function if a condition holds. */
  refuseIf(condition: string): void {
    this.#code.line(`if (${condition}) ${this.#misfit}`);
  }

  /** Prints the reading of a part, in the place if it is short; gives an expression for the result. */
  print(schema: Schema, value: string): string {
    if (schema.kind === 'object' || (schema.kind === 'union' && !isNullable(schema)))
      return this.#printCall(schema, value);
    const result = this.printType(schema, value);
    this.printChecks(schema, result);
    return result;
  }

  /** Prints the reading of a type without its constraints. */
  printType(schema: Schema, value: string): string {
    switch (schema.kind) {
      case 'list':
        return this.#printList(schema, value);
      case 'tuple':
        return this.#printTuple(schema, value);
      case 'record':
        return this.#printRecord(schema, value);
      case 'union':
        return this.#printUnion(schema, value);
      case 'recursive':
        return this.#printCall(schema.inner, value);
      case 'secret':
        return this.#printSecret(schema.inner, value);
      case 'object':
        return this.#printCall(schema, value);
      default:
        return this.#printScalar(schema, value);
    }
  }

  printChecks(schema: Schema, value: string): void {
    for (const check of schema.checks ?? []) {
      const when =
        check.when === undefined
          ? ''
          : `${this.#code.constant(check.when, 'when')}(${value}, ${this.object}) && `;
      this.refuseIf(`${when}!(${this.#condition(check, value)})`);
    }
  }

  #condition(check: Check, value: string): string {
    const code = this.#code;
    const { args, test, when } = check;
    if (test !== undefined)
      return `${code.constant(passes)}(${code.constant(test, 'test')}, ${value}, ${this.object})`;
    const rule = ruleOf(check);
    // A constraint with a condition stands on values of other types too, of which only the test of the rule knows.
    const emitted =
      when === undefined
        ? rule.emit?.(value, args, (constant) => code.constant(constant))
        : undefined;
    return (
      emitted ?? `${code.constant(rule.test, check.rule)}(${value}, ${code.constant(args, 'args')})`
    );
  }

  #printCall(schema: Schema, value: string): string {
    const code = this.#code;
    const result = code.variable('read');
    const hint = `read_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`;
    code.line(
      `const ${result} = ${code.constant(this.#validators.of(schema), hint)}(${value}, ${this.object});`,
    );
    this.refuseIf(`${result} === ${code.constant(INVALID)}`);
    return result;
  }

  #printUnion(schema: UnionSchema, value: string): string {
    const code = this.#code;
    const member = schema.members.find((each) => each.kind !== 'null');
    const result = code.variable('read');
    if (member === undefined) return this.#printScalar({ kind: 'null' }, value);
    if (!isNullable(schema)) {
      code.line(
        `const ${result} = ${code.constant(this.#validators.oneOf(schema), 'oneOf')}(${value}, ${this.object});`,
      );
      this.refuseIf(`${result} === ${code.constant(INVALID)}`);
      return result;
    }
    if (schema.members.length === 1) return this.print(member, value);
    code.line(`let ${result} = null;`);
    code.block(`if (${value} !== null)`, () =>
      code.line(`${result} = ${this.print(member, value)};`),
    );
    return result;
  }

  #printList(schema: ListSchema, value: string): string {
    const code = this.#code;
    const list = code.variable('list');
    const result = code.variable('read');
    const index = code.variable('i');
    const item = code.variable('item');
    code.line(
      `const ${list} = Array.isArray(${value}) ? ${value} : ${value} instanceof Set ? Array.from(${value}) : undefined;`,
    );
    this.refuseIf(`${list} === undefined`);
    if (schema.unique !== true)
      this.printChecks({ ...schema, checks: schema.checks?.filter(isLimit) ?? [] }, list);
    code.line(`const ${result} = ${schema.unique === true ? 'new Set()' : '[]'};`);
    code.block(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1)`, () => {
      code.line(`const ${item} = ${this.#part(schema.items, value, index, `${list}[${index}]`)};`);
      code.line(
        `${result}.${schema.unique === true ? 'add' : 'push'}(${this.print(schema.items, item)});`,
      );
    });
    return result;
  }

  #printTuple(schema: TupleSchema, value: string): string {
    const code = this.#code;
    const { items, required, rest } = schema;
    const result = code.variable('read');
    this.refuseIf(`!Array.isArray(${value}) || ${value}.length < ${required}`);
    if (rest === undefined) this.refuseIf(`${value}.length > ${items.length}`);
    code.line(`const ${result} = [];`);
    const printItem = (item: Schema, index: string) => {
      const variable = code.variable('item');
      code.line(`const ${variable} = ${this.#part(item, value, index, `${value}[${index}]`)};`);
      code.line(`${result}.push(${this.print(item, variable)});`);
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

  #printRecord(schema: RecordSchema, value: string): string {
    const code = this.#code;
    const result = code.variable('read');
    const name = code.variable('name');
    const item = code.variable('item');
    const key = code.variable('key');
    this.refuseIf(`typeof ${value} !== 'object' || ${value} === null || Array.isArray(${value})`);
    code.line(`const ${result} = ${schema.as === 'map' ? 'new Map()' : '{}'};`);
    code.block(
      `for (const [${name}, ${item}] of ${value} instanceof Map ? ${value} : Object.entries(${value}))`,
      () => {
        code.line(`const ${key} = ${this.#printKey(schema.keys, `String(${name})`)};`);
        const given = code.variable('given');
        code.line(`const ${given} = ${this.#part(schema.values, value, name, item)};`);
        const read = this.print(schema.values, given);
        code.line(
          schema.as === 'map'
            ? `${result}.set(${key}, ${read});`
            : `${code.constant(setOwn)}(${result}, String(${key}), ${read});`,
        );
      },
    );
    return result;
  }

  /** A part of a value, by the digits that were sent if they are wanted. */
  #part(schema: Schema, holder: string, key: string, part: string): string {
    const code = this.#code;
    const digits = this.mode === 'json' ? digitsOf(schema) : undefined;
    return digits === undefined
      ? part
      : `${code.constant(digitsAt)}(${holder}, ${key}, ${part}, ${code.constant(digits, 'digits')})`;
  }

  /** A key is text, whatever it stands for. */
  #printKey(keys: Schema, name: string): string {
    if (
      keys.kind === 'string' &&
      keys.format === undefined &&
      keys.trim !== true &&
      keys.checks === undefined
    )
      return name;
    const code = this.#code;
    const validators = this.#validators;
    const key = code.variable('key');
    code.line(
      `const ${key} = ${code.constant(validators.ofKeys(keys), 'readKey')}(${name}, ${this.object});`,
    );
    this.refuseIf(`${key} === ${code.constant(INVALID)}`);
    return key;
  }

  #printSecret(inner: Schema, value: string): string {
    const code = this.#code;
    const revealed = code.variable('revealed');
    const secret = code.constant(Secret, 'Secret');
    code.line(`const ${revealed} = ${value} instanceof ${secret} ? ${value}.reveal() : ${value};`);
    return `new ${secret}(${this.print(inner, revealed)})`;
  }

  #printScalar(schema: ScalarSchema, value: string): string {
    const code = this.#code;
    switch (schema.kind) {
      case 'any':
        return value;
      case 'null':
        this.refuseIf(`${value} !== null`);
        return value;
      case 'string':
        if (schema.format !== undefined || schema.trim === true) break;
        this.refuseIf(`typeof ${value} !== 'string'`);
        return value;
      case 'number':
        return this.#printUnless(
          schema.integer === true
            ? `Number.isSafeInteger(${value})`
            : `typeof ${value} === 'number' && Number.isFinite(${value})`,
          schema,
          value,
        );
      case 'boolean':
        return this.#printUnless(`typeof ${value} === 'boolean'`, schema, value);
      case 'literal':
      case 'enum':
        return this.#printUnless(oneOfThese(schema, value, code), schema, value);
    }
    const result = code.variable('read');
    code.line(`const ${result} = ${this.#conversion(schema, value)};`);
    this.refuseIf(`${result} instanceof ${code.constant(Refusal, 'Refusal')}`);
    return result;
  }

  /** Converts a value that is not yet what it should be. */
  #printUnless(test: string, schema: ScalarSchema, value: string): string {
    const code = this.#code;
    const validators = this.#validators;
    if (
      schema.strict === true &&
      validators.mode === 'json' &&
      (schema.kind !== 'number' || schema.allowInfNan !== true)
    ) {
      this.refuseIf(`!(${test})`);
      return value;
    }
    const result = code.variable('read');
    code.line(`let ${result} = ${value};`);
    code.block(`if (!(${test}))`, () => {
      code.line(`${result} = ${this.#conversion(schema, value)};`);
      this.refuseIf(`${result} instanceof ${code.constant(Refusal, 'Refusal')}`);
    });
    return result;
  }

  #conversion(schema: ScalarSchema, value: string): string {
    const code = this.#code;
    const validators = this.#validators;
    const lax = validators.mode === 'text' || schema.strict !== true;
    if (lax && schema.kind === 'string' && schema.format !== undefined && schema.trim !== true) {
      return `${code.constant(formatReaders[schema.format], schema.format)}(${value})`;
    }
    if (lax && schema.kind === 'number' && schema.integer === true)
      return `${code.constant(readInteger)}(${value}, true)`;
    if (lax && schema.kind === 'boolean') return `${code.constant(readBoolean)}(${value})`;
    if (lax && schema.kind === 'instant') return `${code.constant(readInstant)}(${value})`;
    return `${code.constant(readScalar)}(${code.constant(schema, schema.kind)}, ${value}, ${code.key(this.mode)})`;
  }
}

/** Whether a union is a schema or null, or only one schema. */
function isNullable(schema: UnionSchema): boolean {
  return schema.members.filter((member) => member.kind !== 'null').length < 2;
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
