/** A part of keys that are used together: in a cluster all keys that have it are on one server, whatever it says. */
export function inOneSlot(name: string): string {
  // What stands in the first braces tells the server; without anything there it would be the whole key.
  return `{:${name}}`;
}
