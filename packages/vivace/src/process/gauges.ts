/** A number that a package tells of itself, in words of Prometheus. */
export interface Gauge {
  /** `db_pool_connections`. */
  readonly name: string;
  /** What it is, the same wherever the name is. */
  readonly help: string;
  /** The number as it is now. */
  readonly value: number;
  /** Few values each: `{ state: 'idle' }`. */
  readonly labels?: Readonly<Record<string, string>>;
}

type Read = () => readonly Gauge[] | Promise<readonly Gauge[]>;

const reads = new Set<Read>();

/**
 * Has numbers of a package told, each time somebody asks for them, until it is disposed of.
 *
 * @example using told = reportGauges(() => [{ name: 'db_pool_waiting', help: '…', value: pool.waitingCount }]);
 */
export function reportGauges(read: Read): Disposable {
  reads.add(read);
  return { [Symbol.dispose]: () => void reads.delete(read) };
}

/** All numbers that packages tell now. */
export async function gauges(): Promise<readonly Gauge[]> {
  return (await Promise.all([...reads].map((read) => read()))).flat();
}
