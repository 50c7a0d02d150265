/** What a token says: whom it speaks of, and whatever else was signed. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };
