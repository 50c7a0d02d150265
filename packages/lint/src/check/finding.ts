/** Something that is not fit for production. */
export interface Finding {
  /** `src/app.ts:12`, or a file. */
  readonly place: string;
  /** The name of the rule that found it. */
  readonly rule?: string;
  readonly seen: string;
  /** What to write instead. */
  readonly write: string;
}
