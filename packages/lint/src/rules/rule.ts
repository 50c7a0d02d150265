import type { Node, Program } from 'oxc-parser';

/** A place in a file that breaks a rule. */
export interface Problem {
  readonly node: Node;
  readonly seen: string;
  /** What to write instead. */
  readonly write: string;
}

/** A rule that reads the syntax tree (ESTree) of one file. */
export interface Rule {
  readonly about: string;
  /** @param file absolute path, from which imports are resolved */
  find(program: Program, file: string): Iterable<Problem>;
}
