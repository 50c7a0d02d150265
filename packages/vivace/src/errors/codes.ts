/** Every error that a program can meet while its application is built; `docs/errors.md` shows each with its cure. */
export const BOOT_ERRORS = {
  PATH_BRACES: 'A path parameter is written with braces.',
  TYPES_MISSING: 'The types of the program were not written.',
  TYPES_STALE: 'A file has changed since its types were written.',
} as const;

export type BootErrorCode = keyof typeof BOOT_ERRORS;
