/** A family of the text format of Prometheus. */
interface Family {
  /** `# HELP`, `# TYPE`: each once, whoever says it. */
  readonly comments: Set<string>;
  readonly samples: string[];
}

/** What one process tells of itself. */
export interface Told {
  readonly worker: number;
  readonly text: string;
}

const COMMENT = /^# (?:HELP|TYPE) (\S+)/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (.*)$/;

/** One text of several: families are joined, and each sample says whose it is. */
export function joined(told: readonly Told[]): string {
  const families = new Map<string, Family>();
  for (const { worker, text } of told) {
    let family: Family | undefined;
    for (const line of text.split('\n')) {
      const name = COMMENT.exec(line)?.[1];
      if (name !== undefined) {
        family = families.get(name) ?? { comments: new Set(), samples: [] };
        families.set(name, family);
        family.comments.add(line);
      }
      const [, metric, labels, value] = SAMPLE.exec(line) ?? [];
      if (metric === undefined) continue;
      const own = `worker="${worker}"`;
      family?.samples.push(`${metric}{${labels ? `${own},${labels}` : own}} ${value}`);
    }
  }
  return [...families.values()]
    .flatMap(({ comments, samples }) => [...comments, ...samples, ''])
    .join('\n');
}
