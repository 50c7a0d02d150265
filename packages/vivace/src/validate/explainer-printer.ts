import { isScalar } from '../schema/kinds';
import { property } from '../schema/property';
import { ruleOf } from '../schema/rules/index';
import type { Problem } from '../schema/rules/rule';
import type { Field, ListSchema, ObjectSchema, Schema, UnionSchema } from '../schema/schema';
import { childrenInPlace, some } from '../schema/visit';
import type { Code } from './code';
import type { ReadOptions } from './interpret';
import { brokenNow, reworded } from './interpret-checks';
import { isLimit, NOT_LIST } from './interpret-collections';
import { MISSING } from './interpret-field';
import { EXTRA, NOT_OBJECT } from './interpret-object';
import { fieldsRead } from './object-fields';
import { isObject } from './properties';
import type { Mode } from './scalars';
import { issueOf } from './validation-state';
import { partOf } from './validator-collections';
import { printGiven } from './validator-fields';
import { scalarFits } from './validator-scalars';

const NULL: Schema = { kind: 'null' };

/** Whether there is a print for a schema that calls nothing of the program but for what is said of its values. */
export function isPrintable(schema: Schema): boolean {
  switch (schema.kind) {
    case 'object':
      // Words of the program's may be made of the object that is being read.
      return (
        isBare(schema) &&
        !schema.fields.some(
          ({ missing, schema: type }) => missing?.message !== undefined || saysWords(type),
        )
      );
    case 'list':
      // Other constraints have to see the items as they are read.
      return (
        schema.words === undefined &&
        schema.unique !== true &&
        (schema.checks?.every((check) => ruleOf(check).counts === true) ?? true)
      );
    case 'union':
      return isBare(schema) && valuesOf(schema).length < 2;
    case 'recursive':
      return isBare(schema);
    default:
      return isScalar(schema);
  }
}

function isBare({ checks = [], words }: Schema): boolean {
  return checks.length === 0 && words === undefined;
}

/** Whether the program has a message for a value, or for a part of it that is no object of its own. */
export function saysWords(schema: Schema): boolean {
  return some(
    schema,
    ({ checks = [], words }) =>
      words?.message !== undefined || checks.some(({ message }) => message !== undefined),
    childrenInPlace,
  );
}

const valuesOf = ({ members }: UnionSchema): readonly Schema[] =>
  members.filter(({ kind }) => kind !== 'null');

/** Where the functions are found that explain parts. */
interface Explaining {
  readonly options: ReadOptions;
  of(schema: Schema): unknown;
}

/** Prints the walk to what does not fit in the variable `value`. */
export class ExplainerPrinter {
  readonly code: Code;
  readonly mode: Mode;
  readonly #explainers: Explaining;

  constructor(code: Code, explainers: Explaining) {
    this.code = code;
    this.mode = explainers.options.mode;
    this.#explainers = explainers;
  }

  print(schema: Schema): void {
    if (schema.kind === 'object') this.#printObject(schema);
    else if (schema.kind === 'list') this.#printList(schema);
    else if (schema.kind === 'union') this.#printNullable(schema);
    else if (schema.kind === 'recursive') this.#printCall(schema.inner, 'value');
  }

  #printObject(schema: ObjectSchema): void {
    const { code } = this;
    this.#leaveIf(`!${code.constant(isObject)}(value)`, NOT_OBJECT);
    const fields = fieldsRead(schema, this.#explainers.options);
    for (const field of fields) this.#printField(field);
    if (schema.extra !== 'forbid') return;
    const known = code.constant(new Set(fields.flatMap((field) => field.in)), 'known');
    code.block('for (const name of Object.keys(value))', () =>
      code.line(`if (!${known}.has(name)) ${this.#say(EXTRA, '[...path, name]', 'value[name]')};`),
    );
  }

  #printField(field: Field): void {
    const { code } = this;
    const given = printGiven(field, this);
    if (field.presence === 'required') {
      const place = `[...path, ${code.key(field.in[0] ?? field.name)}]`;
      const problem = reworded(MISSING, field.missing, undefined, undefined);
      code.line(`if (${given} === undefined) ${this.#say(problem, place)};`);
    }
    const [name = field.name, ...others] = field.in;
    const key =
      others.length === 0
        ? code.key(name)
        : `${code.constant(nameGiven)}(value, ${code.constant(field.in, 'names')})`;
    this.#printPart(field.schema, given, key, `${given} !== undefined`);
  }

  #printList(schema: ListSchema): void {
    const { code } = this;
    code.line(
      'const list = Array.isArray(value) ? value : value instanceof Set ? Array.from(value) : undefined;',
    );
    this.#leaveIf('list === undefined', NOT_LIST);
    this.#printCounts({ ...schema, checks: schema.checks?.filter(isLimit) ?? [] });
    code.line('const before = issues.length;');
    code.block('for (let index = 0; index < list.length; index += 1)', () => {
      code.line(`const item = ${partOf(schema.items, 'list', 'index', 'list[index]', this)};`);
      this.#printPart(schema.items, 'item', 'index');
    });
    code.line('if (issues.length > before) return;');
    this.#printCounts(schema);
  }

  #printCounts(schema: ListSchema): void {
    const { code } = this;
    if (schema.checks === undefined || schema.checks.length === 0) return;
    const problem = code.variable('problem');
    const find = code.constant(brokenNow);
    code.line(`const ${problem} = ${find}(${code.constant(schema, 'schema')}, list);`);
    code.line(
      `if (${problem} !== undefined) return void issues.push(${code.constant(issueOf)}(${problem}, path, value));`,
    );
  }

  #printNullable(schema: UnionSchema): void {
    const [inner = NULL] = valuesOf(schema);
    if (schema.members.length > 1) this.code.line('if (value === null) return;');
    this.#printCall(inner, 'value');
  }

  /** Prints what is said of a part; nothing of one that fits as it is. */
  #printPart(schema: Schema, part: string, key: string, isThere = 'true'): void {
    const fits = this.#fits(schema, part);
    const conditions = [isThere, ...(fits === undefined ? [] : [`!(${fits})`])];
    this.code.block(`if (${conditions.join(' && ')})`, () => {
      this.code.line(`path.push(${key});`);
      this.#printCall(schema, part);
      this.code.line('path.pop();');
    });
  }

  #fits(schema: Schema, value: string): string | undefined {
    if (isScalar(schema)) return scalarFits(schema, value, this.code);
    return undefined;
  }

  #printCall(schema: Schema, value: string): void {
    const { code } = this;
    const hint = `explain_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`;
    code.line(`${code.constant(this.#explainers.of(schema), hint)}(${value}, path, issues);`);
  }

  #leaveIf(condition: string, problem: Problem): void {
    this.code.line(`if (${condition}) return void ${this.#say(problem, 'path')};`);
  }

  /** An expression that adds an issue. */
  #say(problem: Problem, place: string, input = 'value'): string {
    const { code } = this;
    return `issues.push(${code.constant(issueOf)}(${code.constant(problem, problem.type)}, ${place}, ${input}))`;
  }
}

/** Under which of its names a field was sent. */
function nameGiven(source: object, names: readonly string[]): string | undefined {
  return names.find((name) => property(source, name) !== undefined);
}
