import { checkTypes } from '@vivace/compiler';
import type { Command } from 'commander';
import type { Finding } from '../check/finding';
import { omissions } from '../check/omissions';
import { inRepository } from '../check/repository';
import { byRules } from '../check/rules';
import { sourcesOf } from '../check/sources';
import { projectAt, type Project } from '../project/project';
import { bold, dim, green, yellow } from '../terminal/style';
import { EXIT } from '../terminal/tell';

/** `vivace check`. */
export function checkCommand(program: Command): Command {
  return program
    .command('check')
    .description('look for what is not fit for production')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nIt reads types, sources and the names of files in git; nothing is run.\nFails where it finds something, for CI.\n\nExamples:\n  $ vivace check\n  $ vivace check --json | jq ".[].place"',
    )
    .action((options: { json?: boolean }) => {
      const findings = findingsOf(projectAt('.'));
      console.log(options.json ? JSON.stringify(findings, null, 2) : listing(findings));
      if (findings.length > 0) process.exitCode = EXIT.failed;
    });
}

function findingsOf(project: Project): readonly Finding[] {
  const sources = sourcesOf(project);
  return [
    ...staleTypes(project),
    ...sources.flatMap(byRules),
    ...omissions(sources),
    ...inRepository(project.root),
  ];
}

/** Types that were never written are made where they are needed; old ones would be refused at boot. */
function staleTypes({ root }: Project): readonly Finding[] {
  const { fresh, missing: never } = checkTypes(root);
  if (fresh || never) return [];
  return [
    { place: '.vivace', seen: 'The types are older than the program.', write: 'npx vivace types' },
  ];
}

function listing(findings: readonly Finding[]): string {
  if (findings.length === 0) return green('Nothing was found that is not fit for production.');
  const blocks = findings.map(
    ({ place, rule, seen, write }) =>
      `${bold(place)}${rule ? dim(`  vivace/${rule}`) : ''}\n  ${seen}\n  ${dim(write)}\n`,
  );
  const { length } = findings;
  return [...blocks, yellow(`${length} ${length === 1 ? 'finding' : 'findings'}`)].join('\n');
}
