import { existsSync, readFileSync } from 'node:fs';
import type { Mismatch } from './compare';

/** A line of DIFFERENCES.md: where we answer otherwise than FastAPI, and why. */
export interface KnownDifference {
  readonly id: string;
  readonly check: string;
  readonly path: string;
  readonly line: number;
  used: boolean;
}

const LINE = /^- `(?<id>[\w/]+) (?<check>#\d+|[\w.]*openapi)(?: (?<path>\/\S*))?`: (?<reason>.+)$/;

/** The differences we stand by. A line that cannot be read is an error, so that no line is without effect. */
export class KnownDifferences {
  private constructor(private readonly lines: readonly KnownDifference[]) {}

  static read(file: string): KnownDifferences {
    return KnownDifferences.parse(existsSync(file) ? readFileSync(file, 'utf8') : '');
  }

  static parse(text: string): KnownDifferences {
    const lines = text.split('\n').flatMap((line, index): KnownDifference[] => {
      if (!line.startsWith('- ')) return [];
      const { id, check, path = '' } = LINE.exec(line)?.groups ?? {};
      if (id === undefined || check === undefined)
        throw new Error(
          `DIFFERENCES.md:${index + 1}: expected "- \`recording #exchange /path\`: reason", got "${line}"`,
        );
      return [
        {
          id,
          check,
          path,
          line: index + 1,
          used: false,
        },
      ];
    });
    return new KnownDifferences(lines);
  }

  /** The mismatches that no line explains. */
  unexplained(id: string, check: string, mismatches: readonly Mismatch[]): Mismatch[] {
    return mismatches.filter(({ path }) => {
      const line = this.lines.find(
        (known) =>
          known.id === id &&
          known.check === check &&
          (path === known.path || path.startsWith(known.path === '' ? '' : `${known.path}/`)),
      );
      if (line) line.used = true;
      return !line;
    });
  }

  /** Lines about these recordings that explained nothing. */
  unused(ids: ReadonlySet<string>): KnownDifference[] {
    return this.lines.filter(({ id, used }) => ids.has(id) && !used);
  }
}
