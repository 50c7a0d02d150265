import type { Field, ObjectSchema } from '../schema/schema';
import type { Code } from './code';
import { markSent, markSentBits } from './fields-set';
import { validated } from './hooks';
import { constructionOf, withoutEmpty, type Construction } from './instantiate';
import { copyExtra, fieldsRead, needsWholeObject } from './object-fields';
import { INVALID } from './validation-state';
import { FieldPrinter } from './validator-fields';
import type { ValidatorPrinter } from './validator-values';

/** Prints the reading of a DTO; gives the variable of the instance. */
export function printObjectValidator(schema: ObjectSchema, values: ValidatorPrinter): string {
  return new ObjectPrinter(schema, values).print();
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

  constructor(schema: ObjectSchema, values: ValidatorPrinter) {
    this.#schema = schema;
    this.#code = values.code;
    this.#values = values;
    this.#fields = fieldsRead(schema, { groups: values.groups });
    this.#names = this.#fields.map((field) => field.name);
    this.#inBits = this.#fields.length <= 31 && schema.extra !== 'allow';
    this.#hasHooks = this.#fields.some(({ before, after }) => before.length + after.length > 0);
    this.#invalid = values.code.constant(INVALID);
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
    const printer = new FieldPrinter(values, this.#hasHooks, (field) => this.#printSent(field));
    for (const field of late.length > 0 ? fields : []) printer.printProvision(field);
    for (const field of [...fields.filter((each) => !late.includes(each)), ...late])
      printer.print(field);
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

  #printSent(field: Field): void {
    const code = this.#code;
    if (!this.#inBits) code.line(`sent.push(${code.key(field.name)});`);
    else if (!isCertain(field)) code.line(`sent |= ${this.#bitOf(field)};`);
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
}

function isCertain(field: Field): boolean {
  return field.presence === 'required' && field.conditional === undefined;
}
