import type { Load } from './load.js';
import { quantile, undisturbed } from './statistics.js';

/** What was seen of one framework. */
export interface Seen {
  readonly name: string;
  /** One of each round, by workload. */
  readonly loads: Readonly<Record<string, readonly Load[]>>;
  /** Milliseconds from the start of its process to the first answer, one figure for each start. */
  readonly starts: readonly number[];
  /** Bytes of resident memory after all load. */
  readonly memory: number;
  /** Bytes and number of its packages. */
  readonly install: { readonly packages: number; readonly bytes: number };
}

/** The middle and the quartiles. */
export type Spread = readonly [low: number, middle: number, high: number];

export interface Rate {
  /** Requests per CPU-second. */
  readonly rate: number;
  readonly ratio: Spread;
  /** Microseconds of an answer that nobody disturbed, and the ratio of requests by it; NaN where a server cannot say. */
  readonly cost: number;
  readonly alone: number;
}

/** A row of the table: figures of the first framework, and what the others are of them. */
export interface Compared {
  readonly name: string;
  readonly rates: Readonly<Record<string, Rate>>;
  readonly start: { readonly milliseconds: number; readonly ratio: Spread };
  readonly memory: { readonly bytes: number; readonly ratio: number };
  readonly install: Seen['install'];
}

/** Compares each framework with the first; a ratio is taken within each round, where both were loaded seconds apart. */
export function compare(all: readonly Seen[]): readonly Compared[] {
  const base = all[0]!;
  return all.map(({ name, loads, starts, memory, install }) => ({
    name,
    rates: Object.fromEntries(
      Object.entries(loads).map(([workload, own]) => [
        workload,
        compareLoads(own, base.loads[workload] ?? []),
      ]),
    ),
    start: { milliseconds: quantile(starts, 0.5), ratio: spread(starts, base.starts) },
    memory: { bytes: memory, ratio: memory / base.memory },
    install,
  }));
}

/** What a server did, beside what the first did in the same rounds. */
export function compareLoads(own: readonly Load[], base: readonly Load[]): Rate {
  const [rates, baseRates] = [own, base].map((loads) => loads.map(({ rate }) => rate));
  const [cost, baseCost] = [own, base].map((loads) =>
    undisturbed(loads.flatMap(({ slices }) => slices)),
  );
  return {
    rate: quantile(rates!, 0.5),
    ratio: spread(rates!, baseRates!),
    cost: cost!,
    alone: baseCost! / cost!,
  };
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
  const alone = [
    ['undisturbed', ...workloads],
    ['---', ...workloads.map(() => '---:')],
    [
      `${base.name}, µs of CPU time of an answer`,
      ...workloads.map((workload) => base.rates[workload]!.cost.toFixed(1)),
    ],
    ...rows
      .slice(1)
      .filter(({ rates: own }) => Object.values(own).every((rate) => rate.alone > 0))
      .map(({ name, rates: own }) => [
        `${name} ÷ ${base.name}`,
        ...workloads.map((workload) => own[workload]!.alone.toFixed(2)),
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
  return [rates, alone, others]
    .map((table) => table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'))
    .join('\n\n');
}

const shown = ([low, middle, high]: Spread): string =>
  `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
