import type { Mismatch } from './compare';
import { topicOf } from './recording';

const SHOWN = 5;
const LENGTH = 160;

/** Counts and prints what was compared. */
export class Report {
  private readonly topics = new Map<string, { passed: number; failed: number }>();
  private readonly absent = new Map<string, number>();

  constructor(private readonly print: (line: string) => void) {}

  check(id: string, name: string, what: string, mismatches: readonly Mismatch[]): void {
    const counts = this.counts(topicOf(id));
    if (mismatches.length === 0) {
      counts.passed++;
      return;
    }
    counts.failed++;
    this.print(`${id} ${name} ${what}`);
    for (const { path, expected, actual } of mismatches.slice(0, SHOWN)) {
      this.print(`  ${path || '/'}`);
      this.print(`    expected ${short(expected)}`);
      this.print(`    got      ${short(actual)}`);
    }
    if (mismatches.length > SHOWN) this.print(`  and ${mismatches.length - SHOWN} more`);
  }

  /** A recording without a program that nobody asked for. */
  notWritten(id: string): void {
    this.absent.set(topicOf(id), (this.absent.get(topicOf(id)) ?? 0) + 1);
  }

  fail(topic: string, message: string): void {
    this.counts(topic).failed++;
    this.print(message);
  }

  /** Prints the table; gives how many failed. */
  close(): number {
    const rows = [...this.topics].sort(([a], [b]) => (a < b ? -1 : 1));
    const width = Math.max(5, ...rows.map(([topic]) => topic.length));
    this.print(`\n${'topic'.padEnd(width)}  passed  failed`);
    for (const [topic, { passed, failed }] of rows)
      this.print(
        `${topic.padEnd(width)}  ${String(passed).padStart(6)}  ${String(failed).padStart(6)}`,
      );
    const absent = [...this.absent.values()].reduce((sum, count) => sum + count, 0);
    if (absent > 0)
      this.print(
        `\nnot yet written: ${absent} (${[...this.absent].map(([topic, count]) => `${topic} ${count}`).join(', ')})`,
      );
    const sumOf = (key: 'passed' | 'failed') =>
      rows.reduce((sum, [, counts]) => sum + counts[key], 0);
    const [passed, failed] = [sumOf('passed'), sumOf('failed')];
    this.print(`\n${passed} passed, ${failed} failed`);
    return failed;
  }

  private counts(topic: string): { passed: number; failed: number } {
    const counts = this.topics.get(topic) ?? { passed: 0, failed: 0 };
    this.topics.set(topic, counts);
    return counts;
  }
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined || text.length <= LENGTH ? String(text) : `${text.slice(0, LENGTH)}…`;
}
