import type { Operation } from '../model/model';
import { operationName, templateOf } from '../model/operation-name';
import type { Mark } from '../model/replays';
import type { Exchange, Incoming, Runtime } from './runtime';
import { isThenable } from '../errors/async';
import { refuse } from './collect-issues';
import { InputPrinter } from './input-printer';
import { NodePrinter } from './node-printer';
import type { Plan, Replaying, Stage, Step } from './plan';
import { traceOf, type Trace } from '../process/trace';
import { Printing } from './printing';

export type Handle = (request: Incoming, exchange: Exchange | undefined) => unknown;

/** A printed function and what it needs. */
export interface Printed {
  readonly handle: Handle;
  /** Whether it uses its second argument. */
  readonly needsExchange: boolean;
  readonly source: string;
}

type Printable = Pick<Operation, 'path' | 'where'> & {
  readonly methods?: Operation['methods'];
  readonly body?: Operation['body'];
};

interface PrintOptions {
  /** Whether `finish` may give a promise. */
  readonly waits?: boolean;
  /** Who listens to the calls of dependencies; undefined: nobody. */
  readonly trace: Trace | undefined;
}

/** Prints the steps of a plan as one function; what the handler returns goes through `finish`. */
export function printHandler(
  operation: Printable,
  plan: Plan,
  runtime: Runtime,
  finish: (result: unknown) => unknown,
  { waits = false, trace }: PrintOptions = { trace: traceOf('dependency') },
): Printed {
  return new HandlerPrinter(operation, plan, runtime, trace).print(finish, waits);
}

class HandlerPrinter {
  readonly #shared: Printing;
  readonly #inputs: InputPrinter;
  readonly #nodes: NodePrinter;

  readonly #operation: Printable;
  readonly #plan: Plan;

  constructor(operation: Printable, plan: Plan, runtime: Runtime, trace: Trace | undefined) {
    this.#operation = operation;
    this.#plan = plan;
    const { type = '', member = 'handler' } = operation.where;
    const title = templateOf(operation);
    this.#shared = new Printing(`${type}_${member}`, plan.scoped, runtime, title, trace);
    this.#inputs = new InputPrinter(this.#shared, operation, plan.rank);
    this.#nodes = new NodePrinter(this.#shared, this.#inputs);
  }

  print(finish: (result: unknown) => unknown, waits: boolean): Printed {
    if (this.#plan.scoped) this.#printScoped(finish, waits ? 'answer = await ' : 'answer = ');
    else this.#printStages(finish);
    const { code, async, needsExchange } = this.#shared;
    const parameters = needsExchange ? 'request, exchange' : 'request';
    return {
      handle: code.compile<Handle>(parameters, async),
      needsExchange,
      source: code.source(parameters, async),
    };
  }

  #printScoped(finish: (result: unknown) => unknown, give: string): void {
    const { code } = this.#shared;
    code.line('let answer;');
    code.block('try', () => this.#printStages(finish, give));
    code.block('catch (error)', () => code.line('throw await exchange.fail(error);'));
    code.line('return exchange.leave(answer);');
  }

  #printStages(finish: (result: unknown) => unknown, give = 'return '): void {
    const { before, replay, rank } = this.#plan;
    const { code } = this.#shared;
    if (rank.size > 0) code.line('let refusals;');
    if (this.#plan.waitsForBodyOnly) return this.#printWithBody(finish);
    before.forEach((stage) => this.#printStage(stage));
    if (replay === undefined) return this.#printLast(finish, give);
    this.#shared.async = this.#shared.needsExchange = true;
    const handler = code.variable('handler');
    code.block(`const ${handler} = async () =>`, () => this.#printLast(finish, 'return '));
    code.line(`${give}await exchange.replay(() => (${this.#marksOf(replay)}), ${handler});`);
  }

  /** What comes after the body is a function of it: an asynchronous one around it all would cost a promise for each step. */
  #printWithBody(finish: (result: unknown) => unknown): void {
    const { code } = this.#shared;
    const { before } = this.#plan;
    const at = before.findIndex(({ steps }) => steps.some(({ kind }) => kind === 'body'));
    before.slice(0, at).forEach((stage) => this.#printStage(stage));
    this.#shared.needsExchange = true;
    code.line(`// ${before[at]!.title}`);
    const printRest = (): void => {
      before.slice(at + 1).forEach((stage) => this.#printStage(stage));
      this.#printLast(finish, 'return ');
    };
    code.block('return exchange.withBody((body) =>', printRest, '});');
  }

  #printLast(finish: (result: unknown) => unknown, give: string): void {
    const { cleanups, constructors } = this.#plan;
    this.#printStage(cleanups);
    this.#printStage(constructors, () => this.#printRoot(finish, give));
  }

  #printStage({ title, steps }: Stage, printMore?: () => void): void {
    this.#shared.code.heading(title, () => {
      steps.forEach((step) => this.#printStep(step));
      printMore?.();
    });
  }

  #printStep(step: Step): void {
    if (step.kind === 'resolve') this.#nodes.print(step.node);
    else if (step.kind === 'inputs') this.#inputs.print(step.node);
    else if (step.kind === 'body') this.#printBody();
    else this.#printVerdict();
  }

  #marksOf({ inputs, caller }: Replaying): string {
    return `{ inputs: ${this.#marks(inputs)}, caller: ${this.#marks(caller)} }`;
  }

  #marks(marks: readonly Mark[]): string {
    const values = marks.map((mark) => {
      if (mark.kind === 'context') return 'exchange.session.data';
      return 'alias' in mark ? this.#shared.sent.get(mark) : this.#shared.values.get(mark);
    });
    return `[${values.join(', ')}]`;
  }

  #printBody(): void {
    this.#shared.async = this.#shared.needsExchange = true;
    this.#shared.code.line('const body = await exchange.body();');
  }

  #printVerdict(): void {
    if (this.#plan.rank.size === 0) return;
    const { body } = this.#operation;
    const place = this.#shared.code.key(operationName(this.#operation));
    this.#shared.code.line(
      // A value that had to be waited for may fit after all.
      `if (refusals !== undefined && refusals.length > 0) throw ${this.#shared.code.constant(refuse, 'refuse')}(refusals, ${place}${body === undefined ? '' : ', body'});`,
    );
    this.#shared.fallible.clear();
  }

  #finisher(finish: (result: unknown) => unknown): string {
    const code = this.#shared.code;
    const done = code.constant(finish, 'finish');
    if (this.#plan.root.constraints === undefined) return done;
    const call = this.#shared.constrained(this.#plan.root.constraints);
    const variable = code.variable('done');
    code.line(`const ${variable} = (result) => ${call(done, 'result')};`);
    return variable;
  }

  #printRoot(finish: (result: unknown) => unknown, give: string): void {
    const code = this.#shared.code;
    const { root } = this.#plan;
    const done = this.#finisher(finish);
    const call = this.#nodes.callOf(root);
    if (this.#plan.scoped) {
      code.line(`let result = ${root.async === true ? 'await ' : ''}${call};`);
      if (root.async === 'maybe')
        code.line(`if (${code.constant(isThenable, 'isThenable')}(result)) result = await result;`);
      code.line('if (exchange.isUnsettled) await exchange.settle();');
      code.line(`${give}${done}(result);`);
    } else if (this.#shared.async) {
      if (root.async !== 'maybe')
        return void code.line(`${give}${done}(${root.async === true ? 'await ' : ''}${call});`);
      code.line(`const result = ${call};`);
      code.line(
        `${give}${done}(${code.constant(isThenable, 'isThenable')}(result) ? await result : result);`,
      );
    } else if (root.async === 'maybe') {
      code.line(`const result = ${call};`);
      // What only has `then`, as a statement of a query builder has, may give nothing from it.
      code.line(
        `${give}${code.constant(isThenable, 'isThenable')}(result) ? Promise.resolve(result).then(${done}) : ${done}(result);`,
      );
    } else {
      code.line(root.async === true ? `${give}${call}.then(${done});` : `${give}${done}(${call});`);
    }
  }
}
