import type { Node } from '../model/node';
import { isGenerator, isThenable } from '../errors/async';
import { QUIET } from '../process/trace';
import { TracedGenerator } from '../process/traced-generator';
import type { Code } from '../validate/code';
import type { InputPrinter } from './input-printer';
import type { Printing } from './printing';

/** Prints the calls of nodes: what they are given, what is waited for, and what has to be closed. */
export class NodePrinter {
  readonly #shared: Printing;
  readonly #inputs: InputPrinter;

  constructor(shared: Printing, inputs: InputPrinter) {
    this.#shared = shared;
    this.#inputs = inputs;
  }

  print(node: Node): void {
    const code = this.#shared.code;
    this.#inputs.print(node);
    const variable = code.variable(node.name);
    this.#shared.values.set(node, variable);
    const given = this.#shared.whereGiven(node.inputs);
    if (given === undefined) {
      const [first, ...rest] = this.#resolution(node, variable);
      code.line(`${rest.length === 0 ? 'const' : 'let'} ${first ?? ''}`);
      for (const line of rest) code.line(line);
      return;
    }
    this.#shared.fallible.add(variable);
    code.line(`let ${variable} = ${this.#shared.invalid};`);
    code.block(`if (${given})`, () => {
      for (const line of this.#resolution(node, variable)) code.line(line);
    });
  }

  /** The lines that give a variable the value of a node. */
  #resolution(node: Node, variable: string): string[] {
    const code = this.#shared.code;
    const { async, generator } = node;
    this.#shared.needsExchange ||= generator !== false;
    const call = this.callOf(node);
    if (generator === true) {
      this.#shared.async = true;
      const told = this.#entering(node, this.#toldOfClosing(node, call));
      return [
        `${variable} = ${this.#traced(node, this.#entering(node, call), told)};`,
        this.#whenThere(variable),
      ];
    }
    this.#shared.async ||= generator === 'maybe';
    this.#shared.async ||= async !== false;
    const traced = this.#traced(node, call);
    const lines = [`${variable} = ${async === true ? 'await ' : ''}${traced};`];
    if (async === 'maybe') lines.push(this.#whenThere(variable));
    if (generator === 'maybe') {
      const generated = this.#unlessQuiet(variable, this.#toldOfClosing(node, variable));
      lines.push(
        `if (${code.constant(isGenerator, 'isGenerator')}(${variable})) ${variable} = await ${this.#entering(node, generated)};`,
      );
    }
    return lines;
  }

  #entering(node: Node, generator: string): string {
    return `exchange.enter(${generator}, ${this.#shared.code.key(node.exitScope)})`;
  }

  /** Only promises are waited for. */
  #whenThere(variable: string): string {
    const isPromise = this.#shared.code.constant(isThenable, 'isThenable');
    return `if (${isPromise}(${variable})) ${variable} = await ${variable};`;
  }

  /**
   * A call with what it publishes, where somebody listens; a constructor opens nothing.
   *
   * @param heard the call where it is published, if that differs
   */
  #traced(node: Node, call: string, heard = call): string {
    const { code, trace } = this.#shared;
    if (trace === undefined || node.kind === 'constructor') return call;
    this.#shared.needsExchange = true;
    const told = `${code.constant(trace, 'trace')}(${this.#messageOf(node)}, () => ${heard})`;
    return this.#unlessQuiet(call, told);
  }

  /** A generator that publishes its clean-up, where somebody listens. */
  #toldOfClosing(node: Node, generator: string): string {
    const { code, trace } = this.#shared;
    if (trace === undefined) return generator;
    const Traced = code.constant(TracedGenerator, 'TracedGenerator');
    return `new ${Traced}(${generator}, ${code.constant(trace, 'trace')}, ${this.#messageOf(node, ', closing: true')})`;
  }

  #messageOf(node: Node, more = ''): string {
    const { code, operation } = this.#shared;
    return `{ name: ${code.key(node.name)}, operation: ${code.key(operation)}, request: exchange.request${more} }`;
  }

  #unlessQuiet(call: string, told: string): string {
    if (call === told) return call;
    return `(request[${this.#shared.code.constant(QUIET, 'quiet')}] === true ? ${call} : ${told})`;
  }

  /** The call of a node, once its inputs are there. */
  callOf(node: Node): string {
    const code = this.#shared.code;
    const call = code.constant(node.call, node.name);
    const values = node.inputs.map((input) => this.#shared.valueOf(input));
    switch (node.kind) {
      case 'function':
        return values.length === 0
          ? `${call}()`
          : `${call}({ ${node.inputs.map((input, index) => `${propertyOf(input.name, code)}: ${values[index]}`).join(', ')} })`;
      case 'method':
        return `${call}.call(${values.join(', ')})`;
      case 'constructor':
        return `new ${call}(${values.join(', ')})`;
      case 'scheme':
        this.#shared.needsExchange = true;
        return `${call}(exchange.request)`;
      case 'settings':
        throw new TypeError(`${node.name} is a singleton, made when the server is built`);
    }
  }
}

function propertyOf(name: string, code: Code): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${code.key(name)}]`;
}
