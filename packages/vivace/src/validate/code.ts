/** What a variable of printed code must not be called: words of JavaScript, globals, and names that the printers themselves use. */
const RESERVED = [
  'arguments async await break case catch class const continue debugger default delete do else enum eval export extends false finally for function get if',
  'implements import in instanceof interface let new null of package private protected public return set static super switch this throw true try typeof',
  'undefined var void while with yield',
  'Array BigInt Boolean Buffer Date Infinity JSON Map Math NaN Number Object Set String Symbol Uint8Array',
  'answer body checked context error exchange instance issues name object options path refusals request result sent text value values',
].flatMap((words) => words.split(' '));

type Printed = (...args: never[]) => unknown;

/** Writes the text of a function; the one place that turns text into code. */
export class Code {
  readonly #lines: string[] = [];
  readonly #constants = new Map<string, unknown>();
  readonly #names = new Map<unknown, string>();
  readonly #taken = new Set(RESERVED);
  #depth = 1;

  readonly #name: string;

  constructor(name = 'printed') {
    this.#name = name;
  }

  /** Adds a statement. */
  line(text: string): this {
    this.#lines.push('  '.repeat(this.#depth) + text);
    return this;
  }

  /** Adds `head { … }` with the lines that `body` writes. */
  block(head: string, body: () => void, end = '}'): this {
    this.line(`${head} {`);
    this.#depth += 1;
    body();
    this.#depth -= 1;
    return this.line(end);
  }

  /** Adds a comment above the lines that `body` writes, if it writes any. */
  heading(text: string, body: () => void): this {
    const at = this.#lines.length;
    body();
    if (this.#lines.length > at) this.#lines.splice(at, 0, `${'  '.repeat(this.#depth)}// ${text}`);
    return this;
  }

  /** Gives an identifier that stands for a value; the same value has the same identifier. */
  constant(value: unknown, hint = nameOf(value)): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const stem = `${hint.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 40)}$`;
    let name = `$${stem}`;
    for (let count = 2; this.#constants.has(name); count += 1) name = `$${stem}${count}`;
    this.#constants.set(name, value);
    this.#names.set(value, name);
    return name;
  }

  /** Gives a literal that stands for a text. */
  key(text: string): string {
    // JSON allows these two in a literal; readers of source text take them for line ends.
    return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) =>
      char === '\u2028' ? '\\u2028' : '\\u2029',
    );
  }

  /** A new identifier for a variable of the printed function: the hint itself where nothing else is called so. */
  variable(hint: string): string {
    const stem = hint.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9]|$)/, '_');
    let name = stem;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${stem}_${count}`;
    this.#taken.add(name);
    return name;
  }

  /** Makes the function; `parameters` are written as in source text, `async` is printed before it. */
  compile<F extends Printed>(parameters: string, async = false): F {
    const body = `'use strict';\nreturn ${this.source(parameters, async)}`;
    // oxlint-disable-next-line no-new-func, no-implied-eval -- all text comes through constant() and key()
    return new Function(...this.#constants.keys(), body)(...this.#constants.values()) as F;
  }

  /** The function as source text. */
  source(parameters: string, async = false): string {
    return `${async ? 'async ' : ''}function ${this.#name}(${parameters}) {\n${this.toString()}\n}`;
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}

function nameOf(value: unknown): string {
  return typeof value === 'function' && value.name !== '' ? value.name : 'value';
}
