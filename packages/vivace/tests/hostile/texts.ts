/** What fills a hostile text: what readers and patterns count, look for or take apart. */
const FILLINGS = [
  '0', '9', '1', '.', '-', '+', '/', ':', ' ', '\t', '\n', '\r\n', ',', ';', '=', '&', '%', '@', '_', '~', '\\', '"', "'",
  '[', ']', '{', '(', ')', '<', 'a', 'x', 'P', 'T', 'D', 'Z', 'e', 'é', '😀', '\ud800', '\0', '\u2028',
  '-1', '0.', '1-', '1:', 'a.', '.a', 'a@', 'a-', '::', '%41', ' a', 'a ', '1D', '[]', '="', 'a=', '\\"', 'xn--',
];
/** What comes before it, so that a reader begins to believe. */
const STARTS = ['', '0.', '-', 'P', 'PT', '1 day ', '2020-01-01T00:00:00.', '00:00:00.', 'http://', 'http://a', 'a@', '"', '{', 'data:', 'magnet:?', 'text/', '1.1.1', '#', 'rgb(', 'hsl('];
/** What comes after it, so that it has to be given up. */
const ENDS = ['', '\n', '!'];

export interface Hostile { readonly name: string; of(length: number): string }
export const hostileTexts: readonly Hostile[] = FILLINGS.flatMap((filling) => STARTS.flatMap((start) => ENDS.map((end) => ({
  name: JSON.stringify(`${start}(${filling})*${end}`),
  of: (length: number) => start + filling.repeat(Math.ceil(length / filling.length)) + end,
}))));
