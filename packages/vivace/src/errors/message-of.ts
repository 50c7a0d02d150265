import { inspect, types } from 'node:util';
import { shortText } from './issue';

/**
 * What something thrown says of itself, in a text that databases keep: programs throw anything, also
 * what no text can be made of.
 *
 * @param most characters
 */
export function messageOf(thrown: unknown, most = 2000): string {
  return shortText(textOf(thrown), most).toWellFormed().replaceAll('\0', '\u{fffd}');
}

function textOf(thrown: unknown): string {
  try {
    if (typeof thrown === 'string') return thrown;
    // Those of another realm, as of Node itself in a test, are none of this one.
    if (thrown instanceof Error || types.isNativeError(thrown)) return String(thrown.message);
    return inspect(thrown, { depth: 1, breakLength: Infinity });
  } catch {
    return 'Something was thrown that cannot be read.';
  }
}
