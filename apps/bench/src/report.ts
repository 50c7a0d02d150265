import { quantile } from './statistics.js';

/** What was seen of one framework. */
export interface Seen {
  readonly name: string;
  /** Requests per CPU-second, a figure for each round, by workload. */
  readonly rates: Readonly<Record<string, readonly number[]>>;
  /** Milliseconds from the start of its process to the first answer, one figure for each start. */
  readonly starts: readonly number[];
  /** Bytes of resident memory after all load. */
  readonly memory: number;
  /** Bytes and number of its packages. */
  readonly install: { readonly packages: number; readonly bytes: number };
}

/** The middle and the quartiles. */
export type Spread = readonly [low: number, middle: number, high: number];

/** A row of the table: figures of the first framework, and what the others are of them. */
export interface Compared {
  readonly name: string;
  readonly rates: Readonly<Record<string, { readonly rate: number; readonly ratio: Spread }>>;
  readonly start: { readonly milliseconds: number; readonly ratio: Spread };
  readonly memory: { readonly bytes: number; readonly ratio: number };
  readonly install: Seen['install'];
}

/** Compares each framework with the first; a ratio is taken within each round, where both were loaded seconds apart. */
export function compare(all: readonly Seen[]): readonly Compared[] {
  const base = all[0]!;
  return all.map(({ name, rates, starts, memory, install }) => ({
    name,
    rates: Object.fromEntries(
      Object.entries(rates).map(([workload, own]) => [
        workload,
        { rate: quantile(own, 0.5), ratio: spread(own, base.rates[workload] ?? []) },
      ]),
    ),
    start: { milliseconds: quantile(starts, 0.5), ratio: spread(starts, base.starts) },
    memory: { bytes: memory, ratio: memory / base.memory },
    install,
  }));
}

function spread(own: readonly number[], base: readonly number[]): Spread {
  const ratios = own.map((figure, round) => figure / (base[round] ?? NaN));
  return [quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)];
}

/** The comparison as tables of Markdown. */
export function markdown(rows: readonly Compared[]): string {
  const [base] = rows as [Compared];
  const workloads = Object.keys(base.rates);
  const rates = [
    ['', ...workloads],
    ['---', ...workloads.map(() => '---:')],
    [
      `${base.name}, requests per CPU-second`,
      ...workloads.map((workload) => base.rates[workload]!.rate.toFixed(0)),
    ],
    ...rows
      .slice(1)
      .map((row) => [
        `${row.name} ÷ ${base.name}`,
        ...workloads.map((workload) => shown(row.rates[workload]!.ratio)),
      ]),
  ];
  const others = [
    ['', 'start to first answer', 'of that', 'memory after load', 'of that', 'packages', 'on disk'],
    ['---', ...Array.from({ length: 6 }, () => '---:')],
    ...rows.map(({ name, start, memory, install }) => [
      name,
      `${start.milliseconds.toFixed(0)} ms`,
      shown(start.ratio),
      mebibytes(memory.bytes),
      memory.ratio.toFixed(2),
      install.packages === 0 ? '' : String(install.packages),
      install.packages === 0 ? '' : mebibytes(install.bytes),
    ]),
  ];
  return [rates, others]
    .map((table) => table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'))
    .join('\n\n');
}

const shown = ([low, middle, high]: Spread): string =>
  `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
