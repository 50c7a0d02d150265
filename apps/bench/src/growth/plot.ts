import { shown, type Point, type Series } from './series.js';

const [WIDTH, HEIGHT] = [420, 240];
const [LEFT, RIGHT, TOP, BOTTOM] = [60, 20, 34, 42];

/** A drawing of a series, both axes by powers of ten: what grows linearly climbs as the dashed line does. */
export function plot(series: Series): string {
  const { points, name, axis } = series;
  const x = scale(
    points.map(({ size }) => size),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    [0.5, 2].flatMap((by) => points.map(({ cost }) => cost * by)),
    HEIGHT - BOTTOM,
    TOP,
  );
  const line = (all: readonly Point[], style: string): string =>
    `<polyline points="${all.map(({ size, cost }) => `${x(size)},${y(cost)}`).join(' ')}" fill="none" ${style}/>`;
  const marks = points.flatMap(({ size, cost }) => [
    `<circle cx="${x(size)}" cy="${y(cost)}" r="3" fill="#0b7285"/>`,
    text(x(size), y(cost) - 8, shown(cost)),
    text(x(size), HEIGHT - BOTTOM + 16, String(size)),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" text-anchor="middle">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${text(WIDTH / 2, 18, `${name}: µs of CPU for a request`)}
${text(WIDTH / 2, HEIGHT - 8, axis)}
<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#868e96"/>
${line(expected(series), 'stroke="#adb5bd" stroke-dasharray="4"')}
${line(points, 'stroke="#0b7285" stroke-width="2"')}
${marks.join('\n')}
</svg>
`;
}

/** What the points would be if they grew as they should, up to the last. */
function expected({ points, expected }: Series): Point[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  if (expected === 'flat') return points.map(({ size }) => ({ size, cost: first.cost }));
  const each = (last.cost - first.cost) / (last.size - first.size);
  return points.map(({ size }) => ({ size, cost: first.cost + each * (size - first.size) }));
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) =>
    Math.round(from + ((Math.log(value) - low) / Math.max(high - low, 1e-9)) * (to - from));
}

const text = (x: number, y: number, content: string): string =>
  `<text x="${x}" y="${y}" fill="#212529">${content}</text>`;
