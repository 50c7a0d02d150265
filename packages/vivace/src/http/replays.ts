import type { Marks } from '../compile/runtime';
import type { Response } from '../responses/response';
import type { Operation } from '../model/model';
import { textOf, type ReplayRequest, type Replay } from './replay';

/** What gives answers of an operation again, in the place of its handler. */
export class Replays {
  readonly #replays = new Map<unknown, Replay>();

  readonly #operation: Operation | undefined;

  constructor(operation: Operation | undefined) {
    this.#operation = operation;
  }

  /** @param by whom: what stands around an operation twice has its say once */
  add(by: unknown, replay: Replay): void {
    if (this.#operation?.replays === false)
      throw new TypeError(
        'Middleware that gives answers again is called by another one: it belongs into a list of middleware.',
      );
    if (!this.#replays.has(by)) this.#replays.set(by, replay);
  }

  /** @param make runs the handler */
  run(
    { inputs, caller }: Marks,
    body: () => Promise<string>,
    make: () => Promise<Response>,
  ): Promise<Response> {
    const replays = [...this.#replays.values()];
    const asked: ReplayRequest = {
      operation: this.#operation!,
      inputs: textOf(inputs),
      caller: textOf(caller),
      body,
    };
    const run = async (index: number): Promise<Response> => {
      const replay = replays[index];
      return replay === undefined ? make() : replay(asked, () => run(index + 1));
    };
    return run(0);
  }
}
