const KEYWORDS =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield';
const BUILT_IN =
  'Array BigInt Boolean Date Error Function JSON Map Math Number Object Promise Proxy Record Reflect RegExp Set String Symbol WeakMap';

const WORDS: ReadonlySet<string> = new Set(`${KEYWORDS} ${BUILT_IN}`.split(' '));

/** Whether JavaScript or TypeScript already uses this name. */
export function isReserved(word: string): boolean {
  return WORDS.has(word);
}
