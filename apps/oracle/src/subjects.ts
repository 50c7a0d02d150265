import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Runs compiled modules, in a process that is made for it: the folder has them with what each of them is, and gets the results.
 */
export async function runSubjects<Subject, Module>(
  run: (subject: Subject, load: () => Module) => unknown,
): Promise<void> {
  const folder = process.argv[2]!;
  const subjects = JSON.parse(readFileSync(join(folder, 'subjects.json'), 'utf8')) as Subject[];
  const load = createRequire(join(folder, 'out/package.json'));
  const results: unknown[] = [];
  for (const [index, subject] of subjects.entries())
    results.push(await run(subject, () => load(`./p${index}.js`) as Module));
  writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
}
