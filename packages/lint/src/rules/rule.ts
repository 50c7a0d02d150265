import type { Node, Program } from 'oxc-parser';

/** A place that a rule objects to. */
export interface Problem {
  readonly node: Node;
  readonly seen: string;
  /** What to write instead. */
  readonly write: string;
}

/** Something to look for in the syntax of one file (ESTree). */
export interface Rule {
  readonly about: string;
  /** @param file its absolute path, for what it imports */
  find(program: Program, file: string): Iterable<Problem>;
}
