import type { Piece } from './piece';

const KEYWORDS =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield';
const BUILT_IN =
  'Array BigInt Boolean Date Error Function JSON Map Math Number Object Promise Proxy Record Reflect RegExp Set String Symbol WeakMap';

const WORDS: ReadonlySet<string> = new Set(`${KEYWORDS} ${BUILT_IN}`.split(' '));

/** Whether the language has this word already. */
export const isOfLanguage = (word: string): boolean => WORDS.has(word);

/** A word that a part declares though the language or an import of the part has it already. */
export function clashOf({ files }: Piece): string | undefined {
  const texts = Object.values(files);
  const declared = texts.flatMap((text) =>
    [...text.matchAll(/^(?:export |\s+)?(?:class|const|type) (\w+)/gm)].map(([, word]) => word!),
  );
  const imported = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '[^.]/gm)].flatMap(([, list]) =>
        list!.match(/\w+(?=\s*(?:,|$))/g),
      ),
    ),
  );
  return declared.find((word) => isOfLanguage(word) || imported.has(word));
}
