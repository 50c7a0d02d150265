/** Something that was measured, with what it should be at most, or exactly. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly most?: number;
  readonly exactly?: number;
}

export const MEBI = 2 ** 20;

export function reached({ value, most = Infinity, exactly = value }: Figure): boolean {
  return value <= most && value === exactly;
}

export function line(figure: Figure): string {
  const { name, value, unit, most, exactly } = figure;
  const shown = `${Number.isInteger(value) ? value : value.toFixed(1)} ${unit}`;
  const goal =
    most !== undefined ? `at most ${most}` : exactly !== undefined ? `exactly ${exactly}` : '';
  return `  ${name.padEnd(52)}${shown.padStart(14)}  ${goal.padEnd(14)}${reached(figure) ? '' : '  MISSED'}`.trimEnd();
}
