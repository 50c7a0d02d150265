/** Something that is not fit for production. */
export interface Finding {
  /** `src/app.ts:12`, or a file. */
  readonly place: string;
  /** The rule that found it, to turn it off by. */
  readonly rule?: string;
  readonly seen: string;
  /** What to write instead. */
  readonly write: string;
}
