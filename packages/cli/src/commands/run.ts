import { Option, type Command } from 'commander';
import { portOf, proxiesOf } from '../run/arguments';
import { startBuilt, type StartOptions } from '../run/start';
import { withProcessOptions } from './process-options';

interface Options extends Omit<StartOptions, 'trustProxy'> {
  readonly proxyHeaders?: boolean | string[];
  readonly work: boolean;
}

/** `vivace run`. */
export function runCommand(program: Command): Command {
  const command = program
    .command('run')
    .description('serve what was built, for production')
    .argument('[entry]', 'file of the application, such as src/app.ts or dist/app.js')
    .addOption(new Option('--host <host>', 'address to listen on').env('HOST').default('0.0.0.0'))
    .addOption(
      new Option('--port <port>', 'port to listen on').env('PORT').default(8000).argParser(portOf),
    )
    .option('--socket <path>', 'a Unix socket instead of host and port')
    .option(
      '--proxy-headers [proxies...]',
      'believe X-Forwarded-* of these proxies (addresses, networks), or of every one',
      proxiesOf,
    )
    .option('--root-path <path>', 'path that a proxy strips')
    .option('--no-work', 'leave the work of extensions to vivace work, as WORK=false does');
  return withProcessOptions(command)
    .addHelpText(
      'after',
      '\nSignals:\n  SIGTERM and SIGINT let requests end and stop, a second one stops at once;\n  SIGHUP replaces several workers one by one, and stops a lone process.\nExit codes:\n  0 it has stopped, 1 it did not start, failed, or did not stop in time,\n  2 wrong usage, 130 and 143 a second SIGINT or SIGTERM.\n\nExamples:\n  $ vivace build && vivace run\n  $ vivace run --workers auto --port 80\n  $ vivace run --proxy-headers 10.0.0.0/8 --root-path /api',
    )
    .action((named: string | undefined, options: Options) => startBuilt(named, startOf(options)));
}

function startOf({ proxyHeaders, work, ...options }: Options): StartOptions {
  return {
    ...options,
    ...(proxyHeaders !== undefined && { trustProxy: proxyHeaders }),
    ...(!work && { work }),
  };
}
