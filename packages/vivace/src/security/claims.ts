/** What a token says. */
export type Claims = Readonly<Record<string, unknown>> & {
  /** Whom the token speaks of, such as the id of the user. */
  readonly sub: string;
};
