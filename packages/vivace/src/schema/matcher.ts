/**
 * Matches a part of a text from all its places at once: takes the places where the part may begin, and gives those where it may end,
 * each as the bytes of an array one longer than the text. So each part looks at each character once.
 */
export type Matcher = (text: string, starts: Uint8Array) => Uint8Array;

/** Exactly this text. */
export function literal(part: string): Matcher {
  if (part === '') return (_, starts) => starts;
  return (text, starts) => {
    const ends = new Uint8Array(starts.length);
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
      ends[at + part.length] = starts[at]!;
    return ends;
  };
}

/** Any text, also none. */
export const anyText: Matcher = (_, starts) => {
  const first = starts.indexOf(1);
  return first < 0 ? starts : new Uint8Array(starts.length).fill(1, first);
};

/** One part after the other. */
export const sequence =
  (...parts: readonly Matcher[]): Matcher =>
  (text, starts) =>
    parts.reduce((places, part) => part(text, places), starts);

/** One of the parts. */
export const either =
  (...parts: readonly Matcher[]): Matcher =>
  (text, starts) => {
    const ends = new Uint8Array(starts.length);
    for (const part of parts) {
      const more = part(text, starts);
      for (let at = 0; at < ends.length; at += 1) ends[at]! |= more[at]!;
    }
    return ends;
  };

const nothing: Matcher = (_, starts) => starts;
const optional = (part: Matcher): Matcher => either(nothing, part);

/** One digit or more. */
const digits: Matcher = (text, starts) => {
  const ends = new Uint8Array(starts.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) ends[at + 1] = starts[at]! | ends[at]!;
  }
  return ends;
};

const sign = either(literal('+'), literal('-'));
const point = literal('.');

/** A whole number such as `-12`. */
export const whole: Matcher = sequence(optional(literal('-')), digits);

/** A number such as `1.5e3`. */
export const number: Matcher = sequence(
  optional(sign),
  either(sequence(digits, optional(sequence(point, optional(digits)))), sequence(point, digits)),
  optional(sequence(either(literal('e'), literal('E')), optional(sign), digits)),
);
