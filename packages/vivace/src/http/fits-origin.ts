/**
 * Whether an origin, as browsers send it, is one that the program means.
 *
 * A pattern has to reach its end and begin with it or at a dot or slash in it: so `/\.shop\.example$/` and `/shop\.example/` stand for
 * the hosts that they look like, and let neither `shop.example.evil.example` nor `evilshop.example` in.
 */
export function fitsOrigin(origin: string, meant: string | RegExp): boolean {
  if (typeof meant === 'string') return origin.toLowerCase() === meant.toLowerCase();
  const found = new RegExp(meant.source, meant.flags.replaceAll(/[gy]/g, '')).exec(origin);
  if (found === null || found.index + found[0].length < origin.length) return false;
  return (
    found.index === 0 ||
    './'.includes(found[0][0] ?? ' ') ||
    './'.includes(origin[found.index - 1]!)
  );
}
