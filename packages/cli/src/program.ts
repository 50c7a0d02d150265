import { Command } from 'commander';
import { checkCommand } from './commands/check';
import { clientCommand } from './commands/client';
import { completionCommand } from './commands/completion';
import { devCommand } from './commands/dev';
import { buildCommand } from './commands/build';
import { execCommand } from './commands/exec';
import { explainCommand } from './commands/explain';
import { generateCommand } from './commands/generate';
import { infoCommand } from './commands/info';
import { newCommand } from './commands/new';
import { openapiCommand } from './commands/openapi';
import { routesCommand } from './commands/routes';
import { runCommand } from './commands/run';
import { shellCommand } from './commands/shell';
import { testCommand } from './commands/test';
import { typesCommand } from './commands/types';
import { pointAtHelp } from './terminal/point-at-help';
import { workCommand } from './commands/work';
import { error } from './terminal/style';
import { versionOf } from './version';

/** In the order in which `vivace --help` shows them. */
const COMMANDS = [
  newCommand,
  generateCommand,
  devCommand,
  testCommand,
  buildCommand,
  runCommand,
  workCommand,
  execCommand,
  shellCommand,
  routesCommand,
  explainCommand,
  openapiCommand,
  clientCommand,
  typesCommand,
  checkCommand,
  infoCommand,
  completionCommand,
];

/** Builds the command line; nothing runs yet. */
export function createProgram(): Command {
  const program = new Command('vivace')
    .description('The command line of Vivace.')
    .version(versionOf(), '-V, --version')
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(error(text.replace(/^error: /, ''))) })
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 80), sortOptions: false })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage.\nThe help of a command has examples: vivace routes --help',
    );
  for (const add of COMMANDS) add(program);
  pointAtHelp(program);
  return program;
}
