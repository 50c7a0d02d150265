import { Option, type Command } from 'commander';
import { namesOf, portOf } from '../run/arguments';
import { startBuilt, type StartOptions } from '../run/start';
import { withProcessOptions } from './process-options';

/** `vivace work`. */
export function workCommand(program: Command): Command {
  const command = program
    .command('work')
    .description('do the work of extensions, such as jobs, and serve nothing but health')
    .argument('[entry]', 'file of the application, such as src/app.ts or dist/app.js')
    .option('--only <names>', 'some entries, by class or method: Billing,Mails.send', namesOf)
    .addOption(new Option('--host <host>', 'address to listen on').env('HOST').default('0.0.0.0'))
    .addOption(
      new Option('--port <port>', 'port of /livez and /readyz')
        .env('WORK_PORT')
        .default(8001)
        .argParser(portOf),
    );
  return withProcessOptions(command)
    .addHelpText(
      'after',
      '\nSignals and exit codes are those of vivace run; what was begun is finished.\nvivace routes --all lists what there is to work on.\n\nExamples:\n  $ vivace run --no-work & vivace work\n  $ vivace work --only Billing --workers 2',
    )
    .action((named: string | undefined, options: StartOptions) =>
      startBuilt(named, { ...options, http: false, work: true }),
    );
}
