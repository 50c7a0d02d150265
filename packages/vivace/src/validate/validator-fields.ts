import { property } from '../schema/property';
import type { Conditional, Field } from '../schema/schema';
import type { Code } from './code';
import { transformed, validated } from './hooks';
import { readUnchecked } from './interpret';
import { setOwn } from './properties';
import { INVALID } from './validation-state';
import { partOf } from './validator-collections';
import type { ValidatorPrinter } from './validator-values';

/** Prints the reading of the fields of a DTO: from the variable `value` into the variable `instance`. */
export class FieldPrinter {
  readonly #invalid: string;
  readonly #hasHooks: boolean;
  readonly #values: ValidatorPrinter;
  readonly #noteSent: (field: Field) => void;

  /**
   * @param hasHooks whether a field has hooks, which see the `values` before it
   * @param noteSent prints that a field was sent
   */
  constructor(values: ValidatorPrinter, hasHooks: boolean, noteSent: (field: Field) => void) {
    this.#invalid = values.code.constant(INVALID);
    this.#hasHooks = hasHooks;
    this.#values = values;
    this.#noteSent = noteSent;
  }

  print(field: Field): void {
    const values = this.#values;
    const { code } = values;
    const given = printGiven(field, values);
    if (field.conditional !== undefined)
      return this.#printConditional(field, field.conditional, given);
    if (field.presence === 'required') {
      values.refuseIf(`${given} === undefined`);
      return this.#printValue(field, given);
    }
    code.block(`if (${given} !== undefined)`, () => this.#printValue(field, given));
    if (field.presence === 'default') code.block('else', () => this.#printDefault(field));
  }

  /** What is checked last sees the other fields, also those that are refused, as they were sent. */
  printProvision(field: Field): void {
    const given = printGiven(field, this.#values);
    this.#values.code.line(`if (${given} !== undefined) ${this.#assignment(field, given)}`);
  }

  #printConditional(field: Field, { when, otherwise }: Conditional, given: string): void {
    const values = this.#values;
    const { code } = values;
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
          `const ${read} = ${code.constant(readUnchecked)}(${code.constant(otherwise, 'schema')}, ${value}, ${values.options}, instance);`,
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
    const { code } = this.#values;
    const transformedValue = this.#printTransforms(field, given);
    const before = this.#printHooks(field, field.before, transformedValue);
    const value = this.#printHooks(field, field.after, read(before));
    code.line(this.#assignment(field, value));
    if (this.#hasHooks)
      code.line(`${code.constant(setOwn)}(values, ${code.key(field.name)}, ${value});`);
    this.#noteSent(field);
  }

  #printTransforms(field: Field, value: string): string {
    if (field.transformIn.length === 0) return value;
    const values = this.#values;
    const { code } = values;
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
    const values = this.#values;
    const { code } = values;
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
    const { code } = this.#values;
    const held = access('instance', field.name, code);
    const make = field.makeDefault;
    if (make !== undefined)
      code.line(
        `if (${held} === undefined) ${this.#assignment(field, `${code.constant(make, 'default')}()`)}`,
      );
    if (this.#hasHooks)
      code.line(`${code.constant(setOwn)}(values, ${code.key(field.name)}, ${held});`);
  }

  #assignment(field: Field, value: string): string {
    const { code } = this.#values;
    if (field.name === '__proto__')
      return `${code.constant(setOwn)}(instance, ${code.key(field.name)}, ${value});`;
    return `instance[${code.key(field.name)}] = ${value};`;
  }
}

/** Prints what was sent for a field of the variable `value`; gives the variable with it. */
export function printGiven(field: Field, values: Pick<ValidatorPrinter, 'code' | 'mode'>): string {
  const { code } = values;
  const given = code.variable(field.name);
  const [first, ...others] = field.in.map((name) =>
    partOf(field.schema, 'value', code.key(name), access('value', name, code), values),
  );
  code.line(`${others.length === 0 ? 'const' : 'let'} ${given} = ${first ?? 'undefined'};`);
  for (const other of others) code.line(`if (${given} === undefined) ${given} = ${other};`);
  return given;
}

function access(object: string, name: string, code: Code): string {
  return name in Object.prototype
    ? `${code.constant(property)}(${object}, ${code.key(name)})`
    : `${object}[${code.key(name)}]`;
}
