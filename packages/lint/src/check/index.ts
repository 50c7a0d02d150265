import type { Finding } from './finding';
import { omissions } from './omissions';
import { ruleFindings } from './rule-findings';
import { parseSource, type SourceFile } from './source';

export type { Finding } from './finding';
export type { SourceFile } from './source';

/**
 * Looks for what is not fit for production in the sources of an application.
 *
 * @param files all TypeScript files without tests, because what is missing is only known from all
 *   of them
 * @returns what the rules find, file by file, then what is missing in all of them
 */
export function findingsIn(files: readonly SourceFile[]): readonly Finding[] {
  const sources = files.map(parseSource);
  return [...sources.flatMap(ruleFindings), ...omissions(sources)];
}
