import { WebSession } from '../declare/context-classes';

/** What was kept of a visitor. */
export interface Kept {
  readonly data: Record<string, unknown>;
  /** When it was kept, in seconds. */
  readonly time: number;
  /** Where a store has it. */
  readonly place?: SessionId;
}
export interface SessionId {
  /** The same for all ids that a session gets. */
  readonly begun: string;
  readonly id: string;
}

/** The session of one request: it knows what has become of what was kept. */
export class RequestSession extends WebSession {
  /** Whether somebody looked: the answer then depends on the cookie. */
  seen = false;
  /** Whether it gets a new id. */
  renewed = false;
  /** Whether it was destroyed; what is written after that begins another one. */
  ended = false;
  readonly #data: Record<string, unknown>;
  readonly #before: string;

  constructor(readonly kept: Kept | undefined) {
    super();
    this.#data = kept?.data ?? {};
    this.#before = JSON.stringify(this.#data);
  }

  override get data(): Record<string, unknown> {
    this.seen = true;
    return this.#data;
  }

  override async regenerate(): Promise<void> {
    this.renewed = true;
  }

  override async destroy(): Promise<void> {
    for (const name of Object.keys(this.#data)) delete this.#data[name];
    this.renewed = this.ended = true;
  }

  get empty(): boolean {
    return Object.keys(this.#data).length === 0;
  }

  get changed(): boolean {
    return this.renewed || JSON.stringify(this.#data) !== this.#before;
  }
}
