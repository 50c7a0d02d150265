/** A place of a cache. */
export interface Entry {
  /** The name of the type. */
  readonly type: string;
  readonly key: string;
  readonly tags: readonly string[];
  /** Milliseconds after `fresh` for which it is still given. */
  readonly stale: number;
}

/** What is kept there. */
export interface Kept {
  readonly text: string;
  readonly fresh: boolean;
}

/** The right to make the value of a key, which one has at a time. */
export interface Turn {
  /** Keeps what was made, unless it was forgotten since the turn began; ends the turn. */
  keep(text: string, milliseconds: number): Promise<void>;
  /** Ends it without a value. */
  end(): Promise<void>;
}

/**
 * Where a cache keeps texts. A key and a tag have generations: what was kept, or begun, in another one
 * than the current is forgotten.
 */
export interface Keeper {
  read(entry: Entry): Promise<Kept | undefined>;
  /** Undefined: somebody else makes it; at most for 10 s, after which whoever it was is taken for dead. */
  begin(entry: Entry): Promise<Turn | undefined>;
  forget(what: {
    readonly keys?: readonly string[];
    readonly tags?: readonly string[];
  }): Promise<void>;
}
