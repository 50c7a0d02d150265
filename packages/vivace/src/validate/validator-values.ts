import { Secret } from '../declare/secret';
import type { Check } from '../schema/check';
import type { Schema, UnionSchema } from '../schema/schema';
import type { Code } from './code';
import { passes } from './hooks';
import type { Mode } from './scalars';
import { INVALID } from './validation-state';
import { printList, printRecord, printTuple } from './validator-collections';
import { printLibrary } from './validator-library';
import { printScalar, ruleHolds, ruleTest, type Printing } from './validator-scalars';
import type { Validators } from './validators';

/** Prints how values are read: what does not fit leaves the function with `INVALID`. */
export class ValidatorPrinter implements Printing {
  /** The DTO that the values are parts of, as an expression. */
  object = 'object';
  readonly #misfit: string;
  readonly #validators: Validators;

  constructor(
    readonly code: Code,
    validators: Validators,
  ) {
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
    return this.code.constant(this.#validators.options, 'options');
  }

  refuseIf(condition: string): void {
    this.code.line(`if (${condition}) ${this.#misfit}`);
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
        return printList(schema, value, this);
      case 'tuple':
        return printTuple(schema, value, this);
      case 'record':
        return printRecord(schema, value, this);
      case 'union':
        return this.#printUnion(schema, value);
      case 'recursive':
        return this.#printCall(schema.inner, value);
      case 'secret':
        return this.#printSecret(schema.inner, value);
      case 'object':
        return this.#printCall(schema, value);
      case 'library':
        return printLibrary(schema, value, this);
      default:
        return printScalar(schema, value, this);
    }
  }

  printChecks(schema: Schema, value: string): void {
    for (const check of schema.checks ?? []) {
      const when =
        check.when === undefined
          ? ''
          : `${this.code.constant(check.when, 'when')}(${value}, ${this.object}) && `;
      this.refuseIf(`${when}!(${this.#condition(check, value)})`);
    }
  }

  #condition(check: Check, value: string): string {
    const { code } = this;
    const { test, when } = check;
    if (test !== undefined)
      return `${code.constant(passes)}(${code.constant(test, 'test')}, ${value}, ${this.object})`;
    // A constraint with a condition stands on values of other types too, of which only the test of the rule knows.
    return when === undefined ? ruleHolds(check, value, code) : ruleTest(check, value, code);
  }

  #printCall(schema: Schema, value: string): string {
    const { code } = this;
    const result = code.variable('read');
    const hint = `read_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`;
    code.line(
      `const ${result} = ${code.constant(this.#validators.of(schema), hint)}(${value}, ${this.object});`,
    );
    this.refuseIf(`${result} === ${code.constant(INVALID)}`);
    return result;
  }

  #printUnion(schema: UnionSchema, value: string): string {
    const { code } = this;
    const member = schema.members.find((each) => each.kind !== 'null');
    const result = code.variable('read');
    if (member === undefined) return printScalar({ kind: 'null' }, value, this);
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

  /** Prints the reading of a key, which is text, whatever it stands for. */
  printKey(keys: Schema, name: string): string {
    if (
      keys.kind === 'string' &&
      keys.format === undefined &&
      keys.trim !== true &&
      keys.checks === undefined
    )
      return name;
    const { code } = this;
    const key = code.variable('key');
    code.line(
      `const ${key} = ${code.constant(this.#validators.ofKeys(keys), 'readKey')}(${name}, ${this.object});`,
    );
    this.refuseIf(`${key} === ${code.constant(INVALID)}`);
    return key;
  }

  #printSecret(inner: Schema, value: string): string {
    const { code } = this;
    const revealed = code.variable('revealed');
    const secret = code.constant(Secret, 'Secret');
    code.line(`const ${revealed} = ${value} instanceof ${secret} ? ${value}.reveal() : ${value};`);
    return `new ${secret}(${this.print(inner, revealed)})`;
  }
}

/** Whether a union is a schema or null, or only one schema. */
function isNullable(schema: UnionSchema): boolean {
  return schema.members.filter((member) => member.kind !== 'null').length < 2;
}
