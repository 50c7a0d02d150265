import type { AppModel } from '../model/model';
import { isNamed } from '../schema/json-schema-writer';
import { ERROR_ANSWERS } from './error-schemas';

/** How the two schemas of a type are called that is written differently where it is received. */
const ENDING = /-(?:In|Out)put$/;

/**
 * Whether types of an application may want one name in its document, which only the written document can tell:
 * it has different words for a class that is read and written, and the same words for types that are alike.
 */
export function mayShareNames({ schemas }: AppModel): boolean {
  const taken = new Set(
    Object.values(ERROR_ANSWERS).flatMap((answers) =>
      Object.values(answers).flatMap(({ components }) => Object.keys(components)),
    ),
  );
  for (const schema of schemas) {
    // What a library refers to has names of its own.
    if (schema.kind === 'library') return true;
    if (!isNamed(schema)) continue;
    const name = String(schema.name);
    if (taken.has(name) || ENDING.test(name)) return true;
    taken.add(name);
  }
  return false;
}
