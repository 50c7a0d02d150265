/** What one request costs, in microseconds of CPU time of the server, as something grows. */
export interface Series {
  readonly name: string;
  /** What grows. */
  readonly axis: string;
  /** How the costs should grow: not at all, or as it does. */
  readonly expected: 'flat' | 'linear';
  readonly points: readonly Point[];
}

export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The exponent by which costs grow between the first point and the last: 0 is flat, 1 linear, 2 quadratic. What a request costs whatever
 * its size, the first point, is no growth.
 */
export function growthOf({ points }: Series): number {
  const base = points[0]!.cost;
  const grown = points.filter(({ cost }) => cost > 1.5 * base);
  const [first, last] = [grown[0], grown.at(-1)];
  if (first === undefined || last === undefined || first === last) return 0;
  return Math.log((last.cost - base) / (first.cost - base)) / Math.log(last.size / first.size);
}

/** A table of Markdown. */
export function table(all: readonly Series[]): string {
  const rows = all.map((series) => [
    series.name,
    series.expected,
    growthOf(series).toFixed(2),
    series.points.map(({ size, cost }) => `${size}: ${shown(cost)}`).join(', '),
  ]);
  return [['', 'at most', 'exponent', 'µs for each size'], ['---', '---', '---:', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

export const shown = (cost: number): string => (cost < 100 ? cost.toFixed(1) : cost.toFixed(0));
