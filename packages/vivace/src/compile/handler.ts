import type { BodyInput, InjectedClass, Input, Node, ParameterInput } from '../model/node';
import type { Operation } from '../model/model';
import { operationName } from '../model/operation-name';
import { Code } from '../validate/code';
import type { Exchange, Incoming, Runtime } from './runtime';
import { isGenerator, isThenable } from '../errors/async';
import type { Mark } from '../model/replays';
import type { Plan, Step } from './plan';
import { constraintClassesOf, withConstraints } from '../schema/constraint-instances';
import { mayWait } from '../validate/user-code';
import { bodyReading, parameterReading, type InputReading } from './input-reading';
import { INVALID } from '../validate/validator';
import { refusalOf, refuse } from './collect-issues';
import { parseCookies } from './request-values';

export type Handle = (request: Incoming, exchange: Exchange | undefined) => unknown;

/** A printed function and what it needs. */
export interface Printed {
  readonly handle: Handle;
  /** Whether it uses its second argument. */
  readonly needsExchange: boolean;
  readonly async: boolean;
  readonly source: string;
}

type Printable = Pick<Operation, 'path' | 'where'> & {
  readonly methods?: Operation['methods'];
  readonly body?: Operation['body'];
};

/** Prints the steps of a plan as one function; what the handler returns goes through `finish`. */
export function printHandler(
  operation: Printable,
  plan: Plan,
  runtime: Runtime,
  finish: (result: unknown) => unknown,
): Printed {
  return new HandlerPrinter(operation, plan, runtime).print(finish);
}

/** Prints the call of a function with some values. */
type Calling = (call: string, ...values: string[]) => string;

class HandlerPrinter {
  readonly #code: Code;
  readonly #values = new Map<Input | Node, string>();
  /** What was sent for an input, as an expression that JSON can hold. */
  readonly #sent = new Map<Input, string>();
  /** Variables that may be `INVALID` until the verdict. */
  readonly #fallible = new Set<string>();
  readonly #invalid: string;
  #cookies: string | undefined;
  #async: boolean;
  #needsExchange = false;

  readonly #operation: Printable;
  readonly #plan: Plan;
  readonly #runtime: Runtime;

  constructor(operation: Printable, plan: Plan, runtime: Runtime) {
    this.#operation = operation;
    this.#plan = plan;
    this.#runtime = runtime;

    const { type = '', member = 'handler' } = operation.where;
    this.#code = new Code(`${type}_${member}`.replace(/[^A-Za-z0-9_]/g, '_'));
    this.#invalid = this.#code.constant(INVALID, 'INVALID');
    this.#async = plan.scoped;
  }

  print(finish: (result: unknown) => unknown): Printed {
    if (this.#plan.scoped) this.#printScoped(finish);
    else this.#printSteps(finish);
    const code = this.#code;
    const async = this.#async;
    const needsExchange = this.#needsExchange;
    const parameters = needsExchange ? 'request, exchange' : 'request';
    return {
      handle: code.compile<Handle>(parameters, async),
      needsExchange,
      async: async || this.#plan.root.async !== false,
      source: code.source(parameters, async),
    };
  }

  #printScoped(finish: (result: unknown) => unknown): void {
    const code = this.#code;
    this.#needsExchange = true;
    code.line('let answer;');
    code.block('try', () => this.#printSteps(finish, 'answer = '));
    code.block('catch (error)', () => code.line('throw await exchange.fail(error);'));
    code.line('return exchange.leave(answer);');
  }

  #printSteps(finish: (result: unknown) => unknown, give = 'return '): void {
    const code = this.#code;
    const plan = this.#plan;
    if (plan.rank.size > 0) code.line('let refusals;');
    const replay = plan.steps.findIndex(({ kind }) => kind === 'replay');
    if (replay < 0) {
      plan.steps.forEach((step) => this.#printStep(step));
      return this.#printRoot(finish, give);
    }
    plan.steps.slice(0, replay).forEach((step) => this.#printStep(step));
    this.#async = this.#needsExchange = true;
    const handler = code.variable('handler');
    code.block(`const ${handler} = async () =>`, () => {
      plan.steps.slice(replay + 1).forEach((step) => this.#printStep(step));
      this.#printRoot(finish, 'return ');
    });
    const { inputs, caller } = plan.steps[replay] as Extract<Step, { kind: 'replay' }>;
    const marks = `{ inputs: ${this.#marks(inputs)}, caller: ${this.#marks(caller)} }`;
    code.line(`${give}await exchange.replay(() => (${marks}), ${handler});`);
  }

  #printStep(step: Step): void {
    if (step.kind === 'resolve') this.#printNode(step.node);
    else if (step.kind === 'inputs') this.#printInputs(step.node);
    else if (step.kind === 'body') this.#printBody();
    else if (step.kind === 'verdict') this.#printVerdict();
  }

  #marks(marks: readonly Mark[]): string {
    const values = marks.map((mark) => {
      if (mark.kind === 'context') return 'exchange.session.data';
      return 'alias' in mark ? this.#sent.get(mark) : this.#values.get(mark);
    });
    return `[${values.join(', ')}]`;
  }

  #printBody(): void {
    this.#async = this.#needsExchange = true;
    this.#code.line('const body = await exchange.body();');
  }

  #printVerdict(): void {
    if (this.#plan.rank.size === 0) return;
    const { body } = this.#operation;
    const place = this.#code.key(operationName(this.#operation));
    this.#code.line(
      // A value that had to be waited for may fit after all.
      `if (refusals !== undefined && refusals.length > 0) throw ${this.#code.constant(refuse, 'refuse')}(refusals, ${place}${body === undefined ? '' : ', body'});`,
    );
    this.#fallible.clear();
  }

  #printInputs(node: Node): void {
    const values = node.inputs.filter(
      (input): input is ParameterInput | BodyInput =>
        input.kind !== 'node' &&
        input.kind !== 'context' &&
        input.kind !== 'constant' &&
        !this.#values.has(input),
    );
    for (const input of values) {
      const classes = constraintClassesOf(input.schema);
      this.#printInput(
        input,
        (node.constraints ?? []).filter(({ type }) => classes.has(type)),
      );
    }
  }

  /** Prints how functions are called that check values: with what the container made for the constraints of a node. */
  #constrained(constraints: readonly InjectedClass[]): Calling {
    if (constraints.length === 0) return (call, ...values) => `${call}(${values.join(', ')})`;
    const code = this.#code;
    const instances = code.variable('constraints');
    const entries = constraints.map(
      ({ type, input }) => `[${code.constant(type, type.name)}, ${this.#valueOf(input)}]`,
    );
    code.line(`const ${instances} = new Map([${entries.join(', ')}]);`);
    const within = code.constant(withConstraints, 'withConstraints');
    return (call, ...values) => `${within}(${[instances, call, ...values].join(', ')})`;
  }

  #printInput(input: ParameterInput | BodyInput, constraints: readonly InjectedClass[]): void {
    const call = this.#constrained(constraints);
    // Without what decides on it, because that could not be made, nothing is said of the value.
    const decided = this.#whereGiven(constraints.map((each) => each.input));
    const code = this.#code;
    const reading = this.#readingOf(input);
    const variable = code.variable(input.name);
    const raw = code.variable(`${input.name}_sent`);
    const read = call(code.constant(reading.read, `read_${input.name}`), raw);
    const absent = reading.absent?.(raw);
    code.line(`const ${raw} = ${reading.raw};`);
    const value = absent === undefined ? read : `${absent} ? ${this.#absentValue(input)} : ${read}`;
    code.line(
      `let ${variable} = ${decided === undefined ? value : `${decided} ? (${value}) : ${this.#invalid}`};`,
    );
    const refusal = code.constant(
      refusalOf(input, reading, this.#plan.rank.get(input) ?? 0),
      `interpret_${input.name}`,
    );
    const waits = mayWait(input.schema);
    this.#async ||= waits;
    code.line(
      `if (${variable} === ${this.#invalid}${decided === undefined ? '' : ` && ${decided}`}) ${variable} = ${waits ? 'await ' : ''}${call(refusal, raw, '(refusals ??= [])')};`,
    );
    this.#values.set(input, variable);
    this.#sent.set(
      input,
      reading.sent === undefined ? raw : `${code.constant(reading.sent, 'sent')}(${raw})`,
    );
    this.#fallible.add(variable);
  }

  #readingOf(input: ParameterInput | BodyInput): InputReading {
    const code = this.#code;
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
      this.#cookies = this.#code.variable('cookies');
      this.#code.line(
        `const ${this.#cookies} = ${this.#code.constant(parseCookies, 'parseCookies')}(request.headers.cookie);`,
      );
    }
    return this.#cookies;
  }

  #absentValue(input: ParameterInput | BodyInput): string {
    if (input.presence === 'required') return this.#invalid;
    if (input.presence === 'optional') return 'undefined';
    const value = input.default?.value;
    if (
      input.default !== undefined &&
      (value === null || typeof value === 'number' || typeof value === 'boolean')
    )
      return String(value);
    if (typeof value === 'string') return this.#code.key(value);
    return input.makeDefault === undefined
      ? 'undefined'
      : `${this.#code.constant(input.makeDefault, `default_${input.name}`)}()`;
  }

  #printNode(node: Node): void {
    const code = this.#code;
    this.#printInputs(node);
    const variable = code.variable(node.name);
    this.#values.set(node, variable);
    const given = this.#whereGiven(node.inputs);
    if (given === undefined) {
      const [first, ...rest] = this.#resolution(node, variable);
      code.line(`${rest.length === 0 ? 'const' : 'let'} ${first ?? ''}`);
      for (const line of rest) code.line(line);
      return;
    }
    this.#fallible.add(variable);
    code.line(`let ${variable} = ${this.#invalid};`);
    code.block(`if (${given})`, () => {
      for (const line of this.#resolution(node, variable)) code.line(line);
    });
  }

  /** The condition under which inputs are there, where some may have been refused. */
  #whereGiven(inputs: readonly Input[]): string | undefined {
    const needed = new Set(
      inputs.map((input) => this.#valueOf(input)).filter((value) => this.#fallible.has(value)),
    );
    if (needed.size === 0) return undefined;
    return [...needed].map((value) => `${value} !== ${this.#invalid}`).join(' && ');
  }

  /** The lines that give a variable the value of a node. */
  #resolution(node: Node, variable: string): string[] {
    const code = this.#code;
    const call = this.#callOf(node);
    const { async, generator } = node;
    const enter = (value: string): string =>
      `await exchange.enter(${value}, ${code.key(node.exitScope)})`;
    this.#needsExchange ||= generator !== false;
    if (generator === true) {
      this.#async = true;
      return [`${variable} = ${enter(call)};`];
    }
    this.#async ||= generator === 'maybe';
    this.#async ||= async !== false;
    const lines = [`${variable} = ${async === true ? 'await ' : ''}${call};`];
    if (async === 'maybe')
      lines.push(
        `if (${code.constant(isThenable, 'isThenable')}(${variable})) ${variable} = await ${variable};`,
      );
    if (generator === 'maybe')
      lines.push(
        `if (${code.constant(isGenerator, 'isGenerator')}(${variable})) ${variable} = ${enter(variable)};`,
      );
    return lines;
  }

  #callOf(node: Node): string {
    const code = this.#code;
    const call = code.constant(node.call, node.name);
    const values = node.inputs.map((input) => this.#valueOf(input));
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
        this.#needsExchange = true;
        return `${call}(exchange.request)`;
      case 'settings':
        throw new TypeError(`${node.name} is a singleton, made when the server is built`);
    }
  }

  #valueOf(input: Input): string {
    const code = this.#code;
    const runtime = this.#runtime;
    switch (input.kind) {
      case 'node': {
        if (input.node.lifetime === 'singleton')
          return code.constant(runtime.singletons.get(input.node), input.name);
        return this.#values.get(input.node) ?? 'undefined';
      }
      case 'constant':
        return input.value === undefined ? 'undefined' : code.constant(input.value, input.name);
      case 'context':
        if (input.of === 'scopes') return code.constant(input.value, input.name);
        if (input.of === 'rooms') return code.constant(runtime.rooms, input.name);
        this.#needsExchange = true;
        return `exchange.${input.of}`;
      default:
        return this.#values.get(input) ?? 'undefined';
    }
  }

  #finisher(finish: (result: unknown) => unknown): string {
    const code = this.#code;
    const done = code.constant(finish, 'finish');
    if (this.#plan.root.constraints === undefined) return done;
    const call = this.#constrained(this.#plan.root.constraints);
    const variable = code.variable('done');
    code.line(`const ${variable} = (result) => ${call(done, 'result')};`);
    return variable;
  }

  #printRoot(finish: (result: unknown) => unknown, give: string): void {
    const code = this.#code;
    const { root } = this.#plan;
    const done = this.#finisher(finish);
    const call = this.#callOf(root);
    if (this.#async) {
      if (root.async !== 'maybe')
        return void code.line(`${give}${done}(${root.async === true ? 'await ' : ''}${call});`);
      code.line(`const result = ${call};`);
      code.line(
        `${give}${done}(${code.constant(isThenable, 'isThenable')}(result) ? await result : result);`,
      );
    } else if (root.async === 'maybe') {
      code.line(`const result = ${call};`);
      code.line(
        `${give}${code.constant(isThenable, 'isThenable')}(result) ? result.then(${done}) : ${done}(result);`,
      );
    } else {
      code.line(root.async === true ? `${give}${call}.then(${done});` : `${give}${done}(${call});`);
    }
  }
}

function isBody(input: ParameterInput | BodyInput): input is BodyInput {
  return input.kind === 'body' || input.kind === 'form' || input.kind === 'file';
}

function propertyOf(name: string, code: Code): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${code.key(name)}]`;
}
