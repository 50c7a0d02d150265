/** What is written for a name. */
export interface Piece {
  /** Texts by their paths below the folder of sources. */
  readonly files: Readonly<Record<string, string>>;
  /** A controller that the application has to know. */
  readonly controller?: { readonly name: string; readonly file: string };
}
