import { after, isThenable, type AnyGenerator } from '../errors/async';
import type { Trace, TraceMessage } from './trace';

/** A generator whose clean-up, which is what follows its first step, is published as a call of its own. */
export class TracedGenerator {
  readonly #generator: AnyGenerator;
  readonly #trace: Trace;
  readonly #message: TraceMessage;
  #opened = false;

  constructor(generator: AnyGenerator, trace: Trace, message: TraceMessage) {
    this.#generator = generator;
    this.#trace = trace;
    this.#message = message;
  }

  /** It is taken for what it is made of. */
  get [Symbol.toStringTag](): unknown {
    return Reflect.get(this.#generator, Symbol.toStringTag);
  }

  next(): unknown {
    const isOpening = !this.#opened;
    this.#opened = true;
    return isOpening ? this.#generator.next() : this.#closing(() => this.#generator.next());
  }

  throw(error: unknown): unknown {
    return this.#closing(
      () => this.#generator.throw(error),
      (thrown) => thrown === error,
    );
  }

  return(value: unknown): unknown {
    return this.#generator.return(value);
  }

  /** An error that was thrown in and comes out again is none of the clean-up. */
  #closing(run: () => unknown, isPassedOn?: (error: unknown) => boolean): unknown {
    let passed: { readonly error: unknown } | undefined;
    const failed = (error: unknown): void => {
      if (isPassedOn?.(error) !== true) throw error;
      passed = { error };
    };
    const step = this.#trace(this.#message, (): unknown => {
      try {
        const done = run();
        return isThenable(done) ? done.then((value) => value, failed) : done;
      } catch (error) {
        return failed(error);
      }
    });
    return after(step, (done) => {
      if (passed !== undefined) throw passed.error;
      return done;
    });
  }
}
