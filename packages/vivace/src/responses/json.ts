type Encode = (value: unknown) => string;

/** Until it is said how. */
let encode: Encode = (value) => JSON.stringify(value);

/** Says how values become JSON: what knows DTOs stands on a higher floor. */
export function encodeWith(how: Encode): void {
  encode = how;
}

/**
 * JSON of a value that no schema describes.
 *
 * @throws TypeError if it has no form in JSON
 */
export function jsonText(value: unknown): string {
  return encode(value ?? null);
}
