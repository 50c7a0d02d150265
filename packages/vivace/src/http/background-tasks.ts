import type { FastifyRequest } from 'fastify';
import { BackgroundTasks } from '../declare/context-classes';
import { callSite } from '../declare/call-site';
import { describe, type Where } from '../errors/where';
import { logError } from './log-error';

interface Task {
  readonly call: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
  /** Where one without a name was added. */
  readonly place: Where | undefined;
}

/** The tasks of one request, run in order after the response; one that fails is logged and does not stop the next. */
export class Tasks extends BackgroundTasks {
  readonly #tasks: Task[] = [];
  #current: Task | undefined;

  /** The name of the task that is at work. */
  get running(): string | undefined {
    return this.#current && nameOf(this.#current);
  }

  override add<A extends readonly unknown[]>(task: (...args: A) => unknown, ...args: A): void {
    this.#tasks.push({
      call: task,
      args,
      place: task.name === '' ? callSite(this.add) : undefined,
    });
  }

  async run(request: FastifyRequest): Promise<void> {
    // A task may add another.
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
      this.#current = task;
      try {
        await task.call(...(task.args as never[]));
      } catch (error) {
        logError(request, error, 'A background task failed', { task: nameOf(task) });
      }
    }
  }
}

function nameOf({ call, place }: Task): string {
  return call.name || (place && describe(place)) || 'anonymous';
}
