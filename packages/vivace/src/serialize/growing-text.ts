import type { Code } from '../validate/code';

/**
 * Prints how the variable `text` grows. What is always there is kept until something follows that is not, so that few texts are put
 * together: `text += ',"age":' + age`.
 */
export class GrowingText {
  #pending = '';
  /** The condition under which no comma stands before what is pending. */
  #first: string | undefined;

  readonly #code: Code;

  constructor(code: Code) {
    this.#code = code;
    code.line(`let text = '';`);
  }

  /** Adds what is always there. */
  literal(text: string): void {
    this.#pending += text;
  }

  /** Adds a comma, but for what is the first after a bracket. */
  comma(isFirst = 'text.length === 1'): void {
    this.#flush();
    this.#first = isFirst;
  }

  /** Adds the text that an expression gives. */
  expression(text: string): void {
    const before = this.#isPending ? `${this.#take()} + ` : '';
    this.#code.line(`text += ${before}${text};`);
  }

  /** Adds one of two texts. */
  either(condition: string, one: string, other: string): void {
    if (this.#first !== undefined) this.#flush();
    const [yes, no] = [one, other].map((text) => this.#code.key(this.#pending + text));
    this.#pending = '';
    this.#code.line(`text += ${condition} ? ${yes} : ${no};`);
  }

  /** Prints two ways on, of which a value takes one. */
  fork(condition: string, one: () => void, other: () => void): void {
    const [pending, first] = [this.#pending, this.#first];
    this.#block(`if (${condition})`, one);
    [this.#pending, this.#first] = [pending, first];
    this.#block('else', other);
  }

  /** Prints what is repeated or left out. */
  block(head: string, print: () => void): void {
    this.#flush();
    this.#block(head, print);
  }

  /** An expression for all of it. */
  whole(): string {
    return this.#isPending ? `text + ${this.#take()}` : 'text';
  }

  #block(head: string, print: () => void): void {
    this.#code.block(head, () => {
      print();
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#isPending) this.#code.line(`text += ${this.#take()};`);
  }

  get #isPending(): boolean {
    return this.#pending !== '' || this.#first !== undefined;
  }

  #take(): string {
    const [pending, first] = [this.#pending, this.#first];
    this.#pending = '';
    this.#first = undefined;
    const text = this.#code.key(pending);
    return first === undefined ? text : `(${first} ? ${text} : ${this.#code.key(`,${pending}`)})`;
  }
}
