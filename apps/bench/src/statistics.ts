/** The value that this share of the values is not above. */
export function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((left, right) => left - right)[Math.round(share * (values.length - 1))] ?? NaN
  );
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** What something costs that nobody disturbs: a tenth of the slices are cheaper. */
export function undisturbed(slices: readonly number[]): number {
  return quantile(slices, 0.1);
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** What each step adds, by least squares. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let above = 0;
  let below = 0;
  for (const [step, value] of values.entries()) {
    above += (step - middle) * (value - mean);
    below += (step - middle) ** 2;
  }
  return above / below;
}
