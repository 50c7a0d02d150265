import type { Occasion } from 'vivace/extend';

/** What development is told of how a program uses its sessions. */
export interface SessionNotices {
  /** A statement was sent while another one of its transaction ran, and one of them changes rows. */
  atOnce(statement: string): void;
  /** In an operation that only reads, what one statement cannot say was read by the library. */
  byLibrary(entity: string): void;
  /** A session was opened for this. */
  opened(occasion: Occasion): void;
}
