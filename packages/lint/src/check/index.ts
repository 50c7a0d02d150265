import type { Finding } from './finding';
import { omissions } from './omissions';
import { ruleFindings } from './rule-findings';
import { parseSource, type SourceFile } from './source';

export type { Finding } from './finding';
export type { SourceFile } from './source';

/**
 * Looks for what is not fit for production in the sources of an application.
 *
 * @param files all its files of TypeScript, without tests; only then is what is missing known
 * @returns what the rules find file by file, then what no file has
 */
export function findingsIn(files: readonly SourceFile[]): readonly Finding[] {
  const sources = files.map(parseSource);
  return [...sources.flatMap(ruleFindings), ...omissions(sources)];
}
