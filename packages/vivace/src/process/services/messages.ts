/** What a supervisor says, in one line, when its service has started or could not start. */
export type Outcome =
  { readonly env: Readonly<Record<string, string>> } | { readonly error: string };
