/** What a response class says before there is an instance. */
export interface ResponseClassFacts {
  /** The status where nobody names one. */
  readonly status: number;
  /** How a generator handler's items are written; undefined: the class takes one complete content. */
  readonly stream: 'chunks' | 'events' | undefined;
  /** Whether the content is a value that becomes JSON; false: text or bytes as they are. */
  readonly json: boolean;
}

const known = new WeakMap<object, ResponseClassFacts>();

/** Makes a class, and those that extend it, a response class. */
export function declareResponseClass(type: Function, facts: ResponseClassFacts): void {
  known.set(type, Object.freeze(facts));
}

/** The facts of a response class, inherited where it has none of its own; undefined for anything else. */
export function responseClassFacts(type: unknown): ResponseClassFacts | undefined {
  for (
    let current = type;
    typeof current === 'function';
    current = Object.getPrototypeOf(current) as unknown
  ) {
    const facts = known.get(current);
    if (facts !== undefined) return facts;
  }
  return undefined;
}

/** The media type of a response class: its static `media`. */
export function mediaOf(type: unknown): string | null {
  return (type as { readonly media?: string | null }).media ?? null;
}
