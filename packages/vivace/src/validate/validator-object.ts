import type { Field, ObjectSchema } from '../schema/schema';
import type { Code } from './code';
import { digitsAt, digitsOf } from './digits';
import { copyExtra, fieldsRead, needsWholeObject } from './interpret-object';
import { INVALID } from './validation-state';
import { constructionOf, withoutEmpty, type Construction } from './instantiate';
import { markSent, markSentBits } from './fields-set';
import { transformed, validated } from './hooks';
import { property, setOwn } from './properties';
import { readUnchecked } from './interpret';
import type { ValidatorPrinter } from './validator-values';

/** Prints the reading of a DTO; gives the variable of the instance. */
export function printObjectValidator(
  schema: ObjectSchema,
  code: Code,
  values: ValidatorPrinter,
): string {
  return new ObjectPrinter(schema, code, values).print();
}

class ObjectPrinter {
  readonly #fields: readonly Field[];
  readonly #names: readonly string[];
  readonly #invalid: string;
  /** What was sent is kept as bits, unless there are too many fields or some whose names are not known. */
  readonly #inBits: boolean;
  readonly #hasHooks: boolean;

  readonly #schema: ObjectSchema;
  readonly #code: Code;
  readonly #values: ValidatorPrinter;

  constructor(schema: ObjectSchema, code: Code, values: ValidatorPrinter) {
    this.#schema = schema;
    this.#code = code;
    this.#values = values;

    this.#fields = fieldsRead(schema, { groups: values.groups });
    this.#names = this.#fields.map((field) => field.name);
    this.#inBits = this.#fields.length <= 31 && schema.extra !== 'allow';
    this.#hasHooks = this.#fields.some(({ before, after }) => before.length + after.length > 0);
    this.#invalid = code.constant(INVALID);
  }

  print(): string {
    const code = this.#code;
    const fields = this.#fields;
    const schema = this.#schema;
    const values = this.#values;
    for (const hook of schema.before) {
      code.line(`value = ${code.constant(validated)}(${code.constant(hook, 'before')}, value);`);
      values.refuseIf(`value === ${this.#invalid}`);
    }
    values.refuseIf(`typeof value !== 'object' || value === null || Array.isArray(value)`);
    this.#printInstance();
    code.line(this.#inBits ? `let sent = ${this.#certain};` : 'const sent = [];');
    if (this.#hasHooks) code.line('const values = {};');
    const { object } = values;
    values.object = 'instance';
    const late = fields.filter(needsWholeObject);
    for (const field of late) this.#printProvision(field);
    for (const field of [...fields.filter((each) => !late.includes(each)), ...late])
      this.#printField(field);
    values.object = object;
    this.#printExtras();
    this.#printMark();
    for (const hook of schema.after)
      values.refuseIf(
        `${code.constant(validated)}(${code.constant(hook, 'after')}, instance) === ${this.#invalid}`,
      );
    return 'instance';
  }

  #printInstance(): void {
    const code = this.#code;
    const schema = this.#schema;
    const construction = schema.type === undefined ? undefined : constructionOf(schema.type);
    if (construction?.bare === undefined) {
      code.line(`const instance = ${this.#constructed(construction)};`);
      return;
    }
    const { bare, initial } = construction;
    code.line(`const instance = new ${code.constant(bare, 'Bare')}();`);
    if (initial.length === 0) return;
    code.line(`const initial = ${this.#constructed(construction)};`);
    for (const name of initial) {
      const key = typeof name === 'string' ? code.key(name) : code.constant(name, 'symbol');
      code.line(`if (initial[${key}] !== undefined) instance[${key}] = initial[${key}];`);
    }
  }

  #constructed(construction: Construction | undefined): string {
    if (construction === undefined) return '{}';
    const code = this.#code;
    const { type, emptied } = construction;
    const made = `new ${code.constant(type, this.#schema.name)}()`;
    return emptied.length === 0
      ? made
      : `${code.constant(withoutEmpty)}(${made}, ${code.constant(emptied, 'emptied')})`;
  }

  /** What is checked last sees the fields of its kind as they were sent. */
  #printProvision(field: Field): void {
    const given = this.#printGiven(field);
    this.#code.line(`if (${given} !== undefined) ${this.#assignment(field, given)}`);
  }

  #printGiven(field: Field): string {
    const code = this.#code;
    const given = code.variable(field.name);
    const [first, ...others] = field.in.map((name) => this.#sent(field, name));
    code.line(`${others.length === 0 ? 'const' : 'let'} ${given} = ${first ?? 'undefined'};`);
    for (const other of others) code.line(`if (${given} === undefined) ${given} = ${other};`);
    return given;
  }

  #printField(field: Field): void {
    const code = this.#code;
    const values = this.#values;
    const given = this.#printGiven(field);
    if (field.when !== undefined) return this.#printConditional(field, field.when, given);
    if (field.presence === 'required') {
      values.refuseIf(`${given} === undefined`);
      return this.#printValue(field, given);
    }
    code.block(`if (${given} !== undefined)`, () => this.#printValue(field, given));
    if (field.presence === 'default') code.block('else', () => this.#printDefault(field));
  }

  #printConditional(field: Field, when: NonNullable<Field['when']>, given: string): void {
    const code = this.#code;
    const values = this.#values;
    const conditions = when.map(
      (condition) => `${code.constant(condition, 'when')}(instance, ${given})`,
    );
    const applies = code.variable('applies');
    code.line(`const ${applies} = ${conditions.join(' && ') || 'true'};`);
    if (field.presence === 'required') values.refuseIf(`${given} === undefined && ${applies}`);
    code.block(`if (${given} !== undefined && ${applies})`, () => this.#printValue(field, given));
    code.block(`else if (${given} !== undefined)`, () =>
      this.#printValue(field, given, (value) => {
        const read = code.variable('read');
        code.line(
          `const ${read} = ${code.constant(readUnchecked)}(${code.constant(field.schema, 'schema')}, ${value}, ${values.options}, instance);`,
        );
        values.refuseIf(`${read} === ${this.#invalid}`);
        return read;
      }),
    );
    if (field.presence === 'default') code.block('else', () => this.#printDefault(field));
  }

  #printValue(
    field: Field,
    given: string,
    read = (value: string) => this.#values.print(field.schema, value),
  ): void {
    const code = this.#code;
    const transformedValue = this.#printTransforms(field, given);
    const before = this.#printHooks(field, field.before, transformedValue);
    const value = this.#printHooks(field, field.after, read(before));
    code.line(this.#assignment(field, value));
    if (this.#hasHooks)
      code.line(`${code.constant(setOwn)}(values, ${code.key(field.name)}, ${value});`);
    if (!this.#inBits) code.line(`sent.push(${code.key(field.name)});`);
    else if (!isCertain(field)) code.line(`sent |= ${this.#bitOf(field)};`);
  }

  #printTransforms(field: Field, value: string): string {
    if (field.transformIn.length === 0) return value;
    const code = this.#code;
    const values = this.#values;
    const result = code.variable(field.name);
    code.line(`let ${result} = ${value};`);
    for (const transform of field.transformIn) {
      code.line(
        `${result} = ${code.constant(transformed)}(${code.constant(transform, 'transform')}, ${result}, value);`,
      );
      values.refuseIf(`${result} === ${this.#invalid}`);
    }
    return result;
  }

  #printHooks(field: Field, hooks: Field['before'], value: string): string {
    if (hooks.length === 0) return value;
    const code = this.#code;
    const values = this.#values;
    const result = code.variable(field.name);
    code.line(`let ${result} = ${value};`);
    const info = `{ name: ${code.key(field.name)}, mode: ${code.key(values.mode)}, values }`;
    for (const hook of hooks) {
      code.line(
        `${result} = ${code.constant(validated)}(${code.constant(hook, 'validator')}, ${result}, ${info});`,
      );
      values.refuseIf(`${result} === ${this.#invalid}`);
    }
    return result;
  }

  #printDefault(field: Field): void {
    const code = this.#code;
    const held = this.#access('instance', field.name);
    const make = field.makeDefault;
    if (make !== undefined)
      code.line(
        `if (${held} === undefined) ${this.#assignment(field, `${code.constant(make, 'default')}()`)}`,
      );
    if (this.#hasHooks)
      code.line(`${code.constant(setOwn)}(values, ${code.key(field.name)}, ${held});`);
  }

  #printExtras(): void {
    const code = this.#code;
    const fields = this.#fields;
    const schema = this.#schema;
    if (schema.extra === 'ignore') return;
    const known = code.constant(new Set(fields.flatMap((field) => field.in)), 'known');
    code.block('for (const name of Object.keys(value))', () => {
      code.line(`if (${known}.has(name)) continue;`);
      code.line(
        schema.extra === 'forbid'
          ? `return ${this.#invalid};`
          : `if (${code.constant(copyExtra)}(instance, name, value[name])) sent.push(name);`,
      );
    });
  }

  #printMark(): void {
    const code = this.#code;
    if (this.#inBits)
      code.line(
        `${code.constant(markSentBits)}(instance, ${code.constant(this.#names, 'names')}, sent);`,
      );
    else code.line(`${code.constant(markSent)}(instance, sent);`);
  }

  #bitOf(field: Field): number {
    return 1 << this.#fields.indexOf(field);
  }

  /** The bits of the fields that every instance was sent. */
  get #certain(): number {
    return this.#fields.filter(isCertain).reduce((bits, field) => bits | this.#bitOf(field), 0);
  }

  #sent(field: Field, name: string): string {
    const code = this.#code;
    const value = this.#access('value', name);
    const digits = this.#values.mode === 'json' ? digitsOf(field.schema) : undefined;
    return digits === undefined
      ? value
      : `${code.constant(digitsAt)}(value, ${code.key(name)}, ${value}, ${code.constant(digits, 'digits')})`;
  }

  #access(object: string, name: string): string {
    const code = this.#code;
    return name in Object.prototype
      ? `${code.constant(property)}(${object}, ${code.key(name)})`
      : `${object}[${code.key(name)}]`;
  }

  #assignment(field: Field, value: string): string {
    const code = this.#code;
    if (field.name === '__proto__')
      return `${code.constant(setOwn)}(instance, ${code.key(field.name)}, ${value});`;
    return `instance[${code.key(field.name)}] = ${value};`;
  }
}

function isCertain(field: Field): boolean {
  return field.presence === 'required' && field.when === undefined;
}
