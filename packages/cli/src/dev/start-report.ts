/** What a process of `vivace dev` tells of its start. */
export type StartReport =
  | { readonly kind: 'ready'; readonly url: string | null; readonly documented: boolean }
  | { readonly kind: 'failed'; readonly portIsHeld: boolean };
