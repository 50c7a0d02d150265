import type { BodyInput, InjectedClass, Input, Node, ParameterInput } from '../model/node';
import type { Operation } from '../model/model';
import { constraintClassesOf } from '../schema/constraint-instances';
import { mayWait } from '../validate/user-code';
import { refusalOf } from './collect-issues';
import { bodyReading, parameterReading } from './input-reading';
import type { InputReading } from './reading';
import type { Printing } from './printing';
import { parseCookies } from './request-values';

/** Prints how the inputs of nodes are read, and noted where they do not fit. */
export class InputPrinter {
  #cookies: string | undefined;

  readonly #shared: Printing;
  readonly #operation: { readonly path: string; readonly body?: Operation['body'] };
  readonly #rank: ReadonlyMap<Input, number>;

  constructor(
    shared: Printing,
    operation: { readonly path: string; readonly body?: Operation['body'] },
    rank: ReadonlyMap<Input, number>,
  ) {
    this.#shared = shared;
    this.#operation = operation;
    this.#rank = rank;
  }

  print(node: Node): void {
    const values = node.inputs.filter(
      (input): input is ParameterInput | BodyInput =>
        input.kind !== 'node' &&
        input.kind !== 'context' &&
        input.kind !== 'constant' &&
        input.kind !== 'given' &&
        !this.#shared.values.has(input),
    );
    for (const input of values) {
      const classes = constraintClassesOf(input.schema);
      this.#printInput(
        input,
        (node.constraints ?? []).filter(({ type }) => classes.has(type)),
      );
    }
  }

  #printInput(input: ParameterInput | BodyInput, constraints: readonly InjectedClass[]): void {
    const call = this.#shared.constrained(constraints);
    // Without what decides on it, because that could not be made, nothing is said of the value.
    const decided = this.#shared.whereGiven(constraints.map((each) => each.input));
    const code = this.#shared.code;
    const reading = this.#readingOf(input);
    const variable = code.variable(input.name);
    const raw = code.variable(`${input.name}_sent`);
    const read = call(code.constant(reading.read, `read_${input.name}`), raw);
    const absent = reading.absent?.(raw);
    code.line(`const ${raw} = ${reading.raw};`);
    const value = absent === undefined ? read : `${absent} ? ${this.#absentValue(input)} : ${read}`;
    code.line(
      `let ${variable} = ${decided === undefined ? value : `${decided} ? (${value}) : ${this.#shared.invalid}`};`,
    );
    const refusal = code.constant(
      refusalOf(input, reading, this.#rank.get(input) ?? 0),
      `interpret_${input.name}`,
    );
    const waits = mayWait(input.schema);
    this.#shared.async ||= waits;
    code.line(
      `if (${variable} === ${this.#shared.invalid}${decided === undefined ? '' : ` && ${decided}`}) ${variable} = ${waits ? 'await ' : ''}${call(refusal, raw, '(refusals ??= [])')};`,
    );
    this.#shared.values.set(input, variable);
    this.#shared.sent.set(
      input,
      reading.sent === undefined ? raw : `${code.constant(reading.sent, 'sent')}(${raw})`,
    );
    this.#shared.fallible.add(variable);
  }

  #readingOf(input: ParameterInput | BodyInput): InputReading {
    const code = this.#shared.code;
    const operation = this.#operation;
    if (isBody(input)) {
      if (operation.body === undefined)
        throw new TypeError(`${input.name} reads a body that the operation does not have`);
      return bodyReading(input, operation.body, code);
    }
    return parameterReading(input, code, () => this.#cookiesVariable(), operation.path);
  }

  #cookiesVariable(): string {
    if (this.#cookies === undefined) {
      this.#cookies = this.#shared.code.variable('cookies');
      this.#shared.code.line(
        `const ${this.#cookies} = ${this.#shared.code.constant(parseCookies, 'parseCookies')}(request.headers.cookie);`,
      );
    }
    return this.#cookies;
  }

  #absentValue(input: ParameterInput | BodyInput): string {
    if (input.presence === 'required') return this.#shared.invalid;
    if (input.presence === 'optional') return 'undefined';
    const value = input.default?.value;
    if (
      input.default !== undefined &&
      (value === null || typeof value === 'number' || typeof value === 'boolean')
    )
      return String(value);
    if (typeof value === 'string') return this.#shared.code.key(value);
    return input.makeDefault === undefined
      ? 'undefined'
      : `${this.#shared.code.constant(input.makeDefault, `default_${input.name}`)}()`;
  }
}

function isBody(input: ParameterInput | BodyInput): input is BodyInput {
  return input.kind === 'body' || input.kind === 'form' || input.kind === 'file';
}
