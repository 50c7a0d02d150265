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

/** Deeper than this no cause is looked for: they may lead in a circle. */
const DEPTH = 10;

/** Clients tell last what they met first. */
function firstOf(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error) || depth === DEPTH) return thrown;
  const before: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;
  return before === undefined ? thrown : firstOf(before, depth + 1);
}
