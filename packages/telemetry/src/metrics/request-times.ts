import { escaped } from './escaped';

const NAME = 'http_server_request_duration_seconds';
const HELP = 'How long requests took, until their answer was sent';

/** The requests of one method, route and status. */
interface Series {
  readonly labels: string;
  /** By bucket, those beyond the last one at the end. */
  readonly counts: number[];
  sum: number;
}

/**
 * How long requests took. It is kept by hand, since every request pays for it: the series is found by
 * three look-ups, where the SDK would write and sort its labels each time.
 */
export class RequestTimes {
  static readonly family = NAME;
  readonly #bounds: readonly number[];
  readonly #routes = new Map<string, Map<string, Map<number, Series>>>();

  /** @param bounds upper ones of the buckets, in seconds */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  record(method: string, route: string, status: number, seconds: number): void {
    const series =
      this.#routes.get(route)?.get(method)?.get(status) ?? this.#begin(method, route, status);
    let bucket = 0;
    while (seconds > this.#bounds[bucket]!) bucket += 1;
    series.counts[bucket]! += 1;
    series.sum += seconds;
  }

  /** In the text format of Prometheus. */
  text(): string {
    const lines = [...this.#routes.values()]
      .flatMap((methods) => [...methods.values()])
      .flatMap((statuses) => [...statuses.values()])
      .flatMap((series) => this.#samples(series));
    if (lines.length === 0) return '';
    return [`# HELP ${NAME} ${HELP}`, `# TYPE ${NAME} histogram`, ...lines, '', ''].join('\n');
  }

  #begin(method: string, route: string, status: number): Series {
    const methods = this.#routes.get(route) ?? new Map<string, Map<number, Series>>();
    const statuses = methods.get(method) ?? new Map<number, Series>();
    const series = {
      labels: `method="${method}",route="${escaped(route)}",status="${status}"`,
      counts: Array.from({ length: this.#bounds.length + 1 }, () => 0),
      sum: 0,
    };
    this.#routes.set(route, methods.set(method, statuses.set(status, series)));
    return series;
  }

  #samples({ labels, counts, sum }: Series): readonly string[] {
    let count = 0;
    const buckets = counts.map((more, index) => {
      count += more;
      return `${NAME}_bucket{${labels},le="${this.#bounds[index] ?? '+Inf'}"} ${count}`;
    });
    return [...buckets, `${NAME}_sum{${labels}} ${sum}`, `${NAME}_count{${labels}} ${count}`];
  }
}
