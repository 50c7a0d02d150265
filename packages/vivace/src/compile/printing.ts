import type { InjectedClass, Input, Node } from '../model/node';
import { withConstraints } from '../schema/constraint-instances';
import { Code } from '../validate/code';
import { INVALID } from '../validate/validator';
import type { Trace } from '../process/trace';
import type { Runtime } from './runtime';

/** Prints the call of a function with some values. */
type Calling = (call: string, ...values: string[]) => string;

/** One function while it is printed: what has a variable by now, and what the function has come to need. */
export class Printing {
  readonly code: Code;
  readonly values = new Map<Input | Node, string>();
  /** What was sent for an input, as an expression that JSON can hold. */
  readonly sent = new Map<Input, string>();
  /** Variables that may be `INVALID` until the verdict. */
  readonly fallible = new Set<string>();
  readonly invalid: string;
  async: boolean;
  needsExchange: boolean;

  readonly #runtime: Runtime;

  /**
   * @param operation what traces name
   * @param trace undefined where nobody listens
   */
  constructor(
    name: string,
    scoped: boolean,
    runtime: Runtime,
    readonly operation: string,
    readonly trace: Trace | undefined,
  ) {
    this.code = new Code(name.replace(/[^A-Za-z0-9_]/g, '_'));
    this.invalid = this.code.constant(INVALID, 'INVALID');
    this.async = this.needsExchange = scoped;
    this.#runtime = runtime;
  }

  /** The expression for the value of an input. */
  valueOf(input: Input): string {
    const code = this.code;
    const runtime = this.#runtime;
    switch (input.kind) {
      case 'node': {
        if (input.node.lifetime === 'singleton')
          return code.constant(runtime.singletons.get(input.node), input.name);
        return this.values.get(input.node) ?? 'undefined';
      }
      case 'constant':
        return input.value === undefined ? 'undefined' : code.constant(input.value, input.name);
      case 'given':
        this.needsExchange = true;
        return `exchange.given(${code.constant(input.key, input.name)})`;
      case 'context':
        if (input.of === 'scopes' || input.of === 'occasion')
          return code.constant(input.value, input.name);
        if (input.of === 'rooms') return code.constant(runtime.rooms, input.name);
        this.needsExchange = true;
        return `exchange.${input.of}`;
      default:
        return this.values.get(input) ?? 'undefined';
    }
  }

  /** The condition under which inputs are there, where some may have been refused. */
  whereGiven(inputs: readonly Input[]): string | undefined {
    const needed = new Set(
      inputs.map((input) => this.valueOf(input)).filter((value) => this.fallible.has(value)),
    );
    if (needed.size === 0) return undefined;
    return [...needed].map((value) => `${value} !== ${this.invalid}`).join(' && ');
  }

  /** Prints how functions are called that check values: with what the container made for the constraints of a node. */
  constrained(constraints: readonly InjectedClass[]): Calling {
    if (constraints.length === 0) return (call, ...values) => `${call}(${values.join(', ')})`;
    const code = this.code;
    const instances = code.variable('constraints');
    const entries = constraints.map(
      ({ type, input }) => `[${code.constant(type, type.name)}, ${this.valueOf(input)}]`,
    );
    code.line(`const ${instances} = new Map([${entries.join(', ')}]);`);
    const within = code.constant(withConstraints, 'withConstraints');
    return (call, ...values) => `${within}(${[instances, call, ...values].join(', ')})`;
  }
}
