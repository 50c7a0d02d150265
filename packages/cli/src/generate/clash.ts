import type { GeneratedPart } from './parts';
import { isReserved } from './reserved-words';

/** A name that a part declares although the language or one of its imports already uses it. */
export function clashOf({ files }: GeneratedPart): string | undefined {
  const texts = [...files.values()];
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
  return declared.find((word) => isReserved(word) || imported.has(word));
}
