import { ArrayType } from '@mikro-orm/core';

/** `text[]` whose items are always quoted: unquoted, the text `null` would be none. */
export class TextArray extends ArrayType<string | null> {
  override convertToDatabaseValue(value: (string | null)[] | null): string | null {
    // A filter asks for one text, or has the literal already.
    if (!Array.isArray(value)) return value;
    return `{${value.map(item).join(',')}}`;
  }
}

/** Rows are converted before they are checked, so null may be met here. */
function item(value: string | null): string {
  return value === null ? 'null' : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
