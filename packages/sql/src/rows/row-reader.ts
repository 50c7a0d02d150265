import { rowTableOf, type RowColumn, type RowTable } from './row-table';
import type { Selection } from './selection';

/** Makes a row of the values of a statement. */
export type RowReader = (values: readonly unknown[]) => object;

/** The columns of a selection in the order in which its reader takes them, as SQL. */
export function columnsOf(selection: Selection): readonly string[] {
  return [
    ...selection.columns.map(({ name }) => `${selection.alias}.${name}`),
    ...[...selection.one.values()].flatMap(columnsOf),
  ];
}

/** Prints the function that makes rows: plain instances of the class. */
export function readerOf(selection: Selection): RowReader {
  const printer = new ReaderPrinter();
  const name = printer.reader(selection);
  return printer.function(name);
}

class ReaderPrinter {
  readonly #functions: string[] = [];
  readonly #constants = new Map<string, unknown>();
  #column = 0;

  /** Prints the function of a selection, and gives its name. */
  reader({ table, columns, one }: Selection): string {
    const from = this.#column;
    this.#column += columns.length;
    const lines = columns.map((column, at) =>
      one.has(column.field) ? '' : this.#assignment(column, `r[${from + at}]`),
    );
    for (const [field, selection] of one) {
      const key = this.#column + selection.columns.indexOf(selection.table.key);
      const read = this.reader(selection);
      lines.push(`o[${JSON.stringify(field)}] = r[${key}] === null ? null : ${read}(r);`);
    }
    return this.#add('row', `r`, `const o = new ${this.#rowClass(table)}();\n${lines.join('\n')}`);
  }

  function(name: string): RowReader {
    const body = `'use strict';\n${this.#functions.join('\n')}\nreturn ${name};`;
    const make = new Function(...this.#constants.keys(), body) as (
      ...given: unknown[]
    ) => RowReader;
    return make(...this.#constants.values());
  }

  #assignment({ field, codec, absent, target, property }: RowColumn, value: string): string {
    const name = `o[${JSON.stringify(field)}]`;
    const read =
      target === undefined
        ? this.#read(codec, value)
        : `${this.#reference(target)}(${this.#read(codec, value)})`;
    if (absent) return `if (${value} !== null) ${name} = ${read};`;
    return property.nullable === true && read !== value
      ? `${name} = ${value} === null ? null : ${read};`
      : `${name} = ${read};`;
  }

  /** A row of which only the key is known. */
  #reference(meta: NonNullable<RowColumn['target']>): string {
    const table = rowTableOf(meta);
    const key = JSON.stringify(meta.primaryKeys[0]);
    const type =
      table === undefined ? this.#plainClass(meta.prototype as object) : this.#rowClass(table);
    return this.#add('reference', 'key', `const o = new ${type}();\no[${key}] = key;`);
  }

  #read({ read }: RowColumn['codec'], value: string): string {
    return read === undefined ? value : `${this.#constant('read', read)}(${value})`;
  }

  #rowClass({ prototype }: RowTable): string {
    return this.#plainClass(prototype);
  }

  #plainClass(prototype: object): string {
    const type = function Row() {} as unknown as { prototype: object };
    type.prototype = prototype;
    return this.#constant('Row', type);
  }

  #constant(what: string, value: unknown): string {
    const name = `${what}${this.#constants.size}`;
    this.#constants.set(name, value);
    return name;
  }

  #add(what: string, parameter: string, body: string): string {
    const name = `${what}${this.#functions.length}`;
    this.#functions.push(`function ${name}(${parameter}) {\n${body}\nreturn o;\n}`);
    return name;
  }
}
