/** A sample of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)$/;

/**
 * Reads the text format as Prometheus does.
 *
 * @throws Error for a line that is none, a sample without its family, and one that is there twice
 */
export function samplesOf(text: string): readonly Sample[] {
  const seen = new Set<string>();
  const families = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const type = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
    if (type !== null) {
      if (families.has(type[1]!)) throw new Error(`A family is there twice: ${type[1]}`);
      families.set(type[1]!, type[2]!);
    }
    if (line === '' || line.startsWith('#')) return [];
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`This is no sample: ${line}`);
    const family = [name, name.replace(/_(?:bucket|sum|count)$/, '')];
    if (!family.some((one) => families.has(one))) throw new Error(`It has no type: ${line}`);
    const series = `${name}{${labels}}`;
    if (seen.has(series)) throw new Error(`It is there twice: ${series}`);
    seen.add(series);
    const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
    return [
      {
        name,
        labels: Object.fromEntries(pairs.map(([, label, said]) => [label!, said!])),
        value: value === '+Inf' ? Infinity : Number(value),
      },
    ];
  });
}
