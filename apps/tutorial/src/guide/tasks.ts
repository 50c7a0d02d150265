import { dependency, provide } from 'vivace';
import { declareEntry, type Class, type Extension, type Host, type Work } from 'vivace/extend';

interface Task {
  readonly name: string;
  readonly payload: unknown;
}
/** Injected into programs: adds tasks, which are kept until somebody does them. */
export class Tasks {
  readonly #waiting: Task[] = [];
  #doing: ((task: Task) => void) | undefined;

  add(name: string, payload: unknown): void {
    this.#waiting.push({ name, payload });
    this.#flush();
  }
  doneBy(doing: ((task: Task) => void) | undefined): void {
    this.#doing = doing;
    this.#flush();
  }
  #flush(): void {
    while (this.#doing !== undefined && this.#waiting.length > 0)
      this.#doing(this.#waiting.shift()!);
  }
}
const queue = dependency(() => new Tasks(), { lifetime: 'singleton', name: 'tasks' });

/** What each call brings; a method takes it as a parameter of this type. */
export class Attempt {
  constructor(readonly begun: Date) {}
}
/** `@OnTask('mail')` above a method. */
export const OnTask =
  (name: string) =>
  (target: object, method: string): void =>
    declareEntry({ kind: 'task', target, method, options: { name }, parts: [Attempt] });

export function tasks({ in: classes }: { in: readonly Class[] }): Extension {
  return {
    name: 'tasks',
    singletons: [queue],
    provide: [provide(Tasks, queue)],
    entries: classes,
    check: ({ workers, refuse }) => {
      if (workers > 1)
        refuse('TASKS_IN_CLUSTER', 'tasks()', `There are ${workers} processes.`, 'one process');
    },
    work,
  };
}

async function work({ entries, get, log, signal }: Host): Promise<Work> {
  const methods = new Map(
    entries
      .filter(({ kind }) => kind === 'task')
      .map((entry) => [(entry.options as { readonly name: string }).name, entry]),
  );
  const running = new Set<Promise<void>>();
  const run = async ({ name, payload }: Task): Promise<void> => {
    try {
      await methods.get(name)?.call(payload, new Map([[Attempt, new Attempt(new Date())]]), signal);
    } catch (error) {
      log.error({ err: error }, `The task '${name}' failed`);
    }
  };
  const done = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  get(queue).doneBy((task) => {
    const one: Promise<void> = run(task).then(() => void running.delete(one));
    running.add(one);
  });
  return {
    idle: done,
    stop: () => {
      get(queue).doneBy(undefined);
      return done();
    },
  };
}
