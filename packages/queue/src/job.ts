import { declareEntry, type Class } from 'vivace/extend';
import { Attempt } from './attempt';

/** What a class of jobs may say. */
export interface JobOptions {
  /** The name that is kept with each job. Rename the class, keep the name. @default the name of the class */
  readonly name?: string;
  /**
   * Tries after the first, after about 1, 2, 4 … seconds; then the job is dead, and kept for 30 days.
   * @default 3
   */
  readonly retries?: number;
  /** Seconds between two tries at most. @default 600 */
  readonly maxDelay?: number;
  /** Seconds for one try; then its signal is aborted and it has failed. @default 300 */
  readonly timeout?: number;
  /** How many run at the same time in each process. @default 4 */
  readonly concurrency?: number;
  /** Higher ones run first. @default 0 */
  readonly priority?: number;
}

/** What can be a job. */
export interface Runnable {
  run(...args: never[]): unknown;
}

/** A class of jobs. */
export type JobClass<J extends Runnable = Runnable> = abstract new (...args: never[]) => J;

/** The type of the first parameter of `run`; undefined where it has none. */
export type PayloadOf<J> = J extends { run(...parameters: infer P): unknown }
  ? P extends readonly [infer First, ...unknown[]]
    ? First
    : undefined
  : undefined;

/** What a class of jobs has said. */
export interface JobFacts extends Required<JobOptions> {
  readonly type: Class;
}

const facts = new WeakMap<object, JobFacts>();

/**
 * Makes a class a job: its method `run` gets what was added, validated, and its constructor is
 * injected as that of a controller. Each try has a session of its own.
 *
 * @example
 * \@Job({ retries: 5, timeout: 60 })
 * class SendInvoice {
 *   constructor(private readonly db: Session) {}
 *   async run({ order }: Invoice): Promise<void> { … }
 * }
 */
export function Job(options: JobOptions = {}): <T extends Runnable>(target: JobClass<T>) => void {
  return (target) => {
    const { name } = recordJob(target, options);
    declareEntry({ kind: 'job', ...entryOf(target, name) });
  };
}

/** What entry points of jobs are declared with. */
export function entryOf(target: JobClass, name: string) {
  return { target, method: 'run', options: { name, type: target }, parts: [Attempt] };
}

/** Keeps what decorators say of a class; the one that says more counts. */
export function recordJob(type: JobClass, options: JobOptions): JobFacts {
  const said: JobFacts = {
    name: type.name,
    retries: 3,
    maxDelay: 600,
    timeout: 300,
    concurrency: 4,
    priority: 0,
    ...facts.get(type),
    ...options,
    type,
  };
  facts.set(type, said);
  return said;
}

/** Undefined for a class without `@Job` or `@Cron` of its own. */
export function factsOfJob(type: Class): JobFacts | undefined {
  return facts.get(type);
}
