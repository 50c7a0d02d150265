/** What a token says: whom it speaks of, and whatever else was signed. */
export type Claims = Readonly<Record<string, unknown>> & {
  /** Whom the token speaks of, such as the id of the user. */
  readonly sub: string;
};
