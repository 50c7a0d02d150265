import { messageOf } from 'vivace/extend';

/** A broker that does not answer, or refuses what it is asked for. */
export class BrokerFailure extends Error {
  /**
   * @param broker its name and where it is
   * @param cause what its client has thrown
   */
  constructor(broker: string, cause: unknown) {
    super(`${broker}: ${messageOf(firstOf(cause))}`, { cause });
    this.name = 'BrokerFailure';
  }
}

/** Clients tell last what they met first. */
function firstOf(thrown: unknown): unknown {
  let first = thrown;
  for (;;) {
    if (!(first instanceof Error)) return first;
    const before: unknown = first instanceof AggregateError ? first.errors[0] : first.cause;
    if (before === undefined) return first;
    first = before;
  }
}
