import { dependency } from 'vivace';

/** What the program has opened and closed so far, by name: an attack must not tear the two apart. */
export const opened: Record<string, number> = {};
export const closed: Record<string, number> = {};

/** Counts, and gives the number of what is opened. */
export function open(name: string): number {
  return (opened[name] = (opened[name] ?? 0) + 1);
}

export function close(name: string): void {
  closed[name] = (closed[name] ?? 0) + 1;
}

/** A database session of a pool that has only two. */
export const session = dependency(async function* () {
  const number = open('session');
  try {
    yield { number };
  } finally {
    close('session');
  }
});

/** Closed when the response has been sent. */
export const trace = dependency(
  function* () {
    open('trace');
    try {
      yield 'trace';
    } finally {
      close('trace');
    }
  },
  { scope: 'request' },
);
