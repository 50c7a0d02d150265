import type { FastifyBaseLogger } from 'fastify';
import { BackgroundTasks } from '../declare/parts';

interface Task {
  readonly call: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

/** The tasks of one request, run in order after the response; one that fails is logged and does not stop the next. */
export class Tasks extends BackgroundTasks {
  private readonly tasks: Task[] = [];
  /** The name of the task that is at work. */
  running: string | undefined;

  override add<A extends readonly unknown[]>(task: (...args: A) => unknown, ...args: A): void {
    this.tasks.push({ call: task as Task['call'], args });
  }

  async run(log: FastifyBaseLogger): Promise<void> {
    // A task may add another.
    for (let task = this.tasks.shift(); task !== undefined; task = this.tasks.shift()) {
      this.running = task.call.name;
      try {
        await task.call(...(task.args as never[]));
      } catch (error) {
        log.error({ err: error, task: task.call.name }, 'A background task failed');
      }
    }
  }
}
