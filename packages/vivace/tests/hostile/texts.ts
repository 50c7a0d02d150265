/** What fills a hostile text: what readers count, look for or take apart. */
const FILLINGS = [
  ...'019.-+/: \t\n,;=&%@_~\\"\'[]{(<axPTDZe\0é\u2028',
  '\r\n',
  '😀',
  '\ud800',
  ...'-1 0. 1- 1: a. .a a@ a- :: %41 1D 1S [] =" a= \\" xn-- a=b; a, "a",'.split(' '),
  ' a',
  'a ',
];
/** What comes before it, so that a reader begins to believe. */
const STARTS =
  '|0.|-|P|PT|1 day |2020-01-01T00:00:00.|00:00:00.|http://|http://a|a@|"|{|data:|magnet:?|text/|1.1.1|#|rgb(|hsl('.split(
    '|',
  );
/** What comes after it, so that a reader has to give up at the end. */
const ENDS = ['!', '\n', ''];

export interface Hostile {
  readonly name: string;
  /** The text with so many characters, or a few more. */
  of(length: number): string;
}

const hostile = (start: string, filling: string, end: string): Hostile => ({
  name: JSON.stringify(`${start}(${filling})*${end}`),
  of: (length) => start + filling.repeat(Math.ceil(length / filling.length)) + end,
});

/** Each filling once; `turn` turns through what may stand around it. */
export function hostileTexts(turn: number): readonly Hostile[] {
  return FILLINGS.map((filling, index) =>
    hostile(
      STARTS[(turn + index) % STARTS.length]!,
      filling,
      ENDS[Math.floor((turn + index) / STARTS.length) % ENDS.length]!,
    ),
  );
}

/** Each filling alone. */
export const fillings: readonly Hostile[] = FILLINGS.map((filling) => hostile('', filling, ''));
