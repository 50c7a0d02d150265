import { AsyncResource } from 'node:async_hooks';
import { isThenable } from '../../errors/async';
import type { Told } from '../deadlines';
import type { Waiting } from './collected';
import type { BodyKind } from './value';

/** Whoever reads the body. */
interface Source {
  tell(waiting: Waiting): void;
  valueOf(bytes: Buffer, kind: BodyKind): unknown;
}

/**
 * What a function makes of a body, for one who waits: a promise without what makes one dear. The function runs where
 * it was asked for, since a message tells of its end outside of what surrounds the request.
 */
export class BodyUse extends AsyncResource implements Told<unknown>, Waiting {
  readonly #reader: Source;
  readonly #kind: BodyKind;
  readonly #use: (body: unknown) => unknown;
  #done!: (answer: unknown) => void;
  #failed!: (error: unknown) => void;

  constructor(reader: Source, kind: BodyKind, use: (body: unknown) => unknown) {
    super('vivace.body');
    this.#reader = reader;
    this.#kind = kind;
    this.#use = use;
  }

  // oxlint-disable-next-line no-thenable -- it is to be awaited
  then(done: (answer: unknown) => void, failed: (error: unknown) => void): void {
    this.#done = done;
    this.#failed = failed;
    try {
      this.#reader.tell(this);
    } catch (error) {
      failed(error);
    }
  }

  take(bytes: Buffer): void {
    this.runInAsyncScope(this.#answer, this, bytes);
  }
  fail(error: unknown): void {
    this.runInAsyncScope(this.#failed, undefined, error);
  }

  #answer(bytes: Buffer): void {
    let answer: unknown;
    try {
      answer = this.#use(this.#reader.valueOf(bytes, this.#kind));
    } catch (error) {
      return this.#failed(error);
    }
    if (isThenable(answer)) answer.then(this.#done, this.#failed);
    else this.#done(answer);
  }
}
