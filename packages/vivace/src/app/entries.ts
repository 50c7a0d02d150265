import type { FastifyBaseLogger } from 'fastify';
import { compileEntry } from '../compile/compile';
import type { Runtime } from '../compile/runtime';
import type { Class } from '../declare/class';
import type { Entry } from '../declare/entry';
import type { Shape } from '../declare/shape';
import type { EntryPoint } from '../model/model';
import { shapeOfValue } from '../shape/shape-of';
import type { Runs } from './runs';
import { traceOf } from '../process/trace';
import { NO_REQUEST, outsideExchange, type Run } from './outside-exchange';

const NO_PARTS: ReadonlyMap<Class, unknown> = new Map();

/** An entry point of a server: described before anything is opened, called after. */
export class ServerEntry implements Entry {
  readonly #entry: EntryPoint;
  #run: ((run: Run) => Promise<unknown>) | undefined;

  constructor(entry: EntryPoint) {
    this.#entry = entry;
  }

  get kind(): string {
    return this.#entry.kind;
  }
  get name(): string {
    return this.#entry.name;
  }
  get options(): object {
    return this.#entry.options;
  }

  get payload(): Shape | null {
    const { payload } = this.#entry;
    return payload === undefined ? null : shapeOfValue(payload.schema);
  }
  get result(): Shape | null {
    const { result } = this.#entry;
    return result === undefined ? null : shapeOfValue(result);
  }

  /** Compiles it for singletons that are open. */
  open(runtime: Runtime, runs: Runs, log: FastifyBaseLogger): void {
    const { handle } = compileEntry(this.#entry, runtime);
    const called = async (run: Run): Promise<unknown> =>
      handle(NO_REQUEST, outsideExchange(log, run));
    const trace = traceOf('entry');
    const { name } = this;
    this.#run = (run) =>
      runs.track(
        trace === undefined ? called(run) : trace({ name, operation: name }, () => called(run)),
      );
  }

  async call(payload: unknown, parts = NO_PARTS, signal?: AbortSignal): Promise<unknown> {
    if (this.#run === undefined)
      throw new Error(`${this.name} was called before the server was open.`);
    const absent = this.#entry.parts.find((part) => !parts.has(part));
    if (absent !== undefined)
      throw new TypeError(`${this.name} was called without its ${absent.name}.`);
    return this.#run({ payload, signal, given: (key) => parts.get(key as Class) });
  }
}
