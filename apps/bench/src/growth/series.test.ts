import { growthOf, type Series } from './series.js';

const grown = (cost: (size: number) => number): number => {
  const series: Series = {
    name: 'items',
    axis: 'items',
    expected: 'linear',
    points: [1, 10, 100, 1000].map((size) => ({ size, cost: cost(size) })),
  };
  return growthOf(series);
};

test.each([
  ['nothing', () => 20, 0],
  ['a tenth more, which is noise', (size: number) => 20 + Math.log10(size), 0],
  ['as much as the size, on top of what a request costs', (size: number) => 20 + size, 1],
  ['the square of the size', (size: number) => 20 + size ** 2, 2],
])('Costs that grow by %s have the exponent', (_name, cost, exponent) => {
  expect(grown(cost)).toBeCloseTo(exponent, 1);
});
