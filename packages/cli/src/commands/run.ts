import { Option, type Command } from 'commander';
import type { Server } from 'vivace';
import { builtEntry } from '../project/built';
import { ensureEnvironment } from '../project/environment';
import { projectAt } from '../project/project';
import { portOf, proxiesOf, secondsOf, wholeSecondsOf, workersOf } from '../run/arguments';
import { log, STOPPING } from '../terminal/log';
import { serve, type ServeOptions } from '../run/serve';
import { Supervisor } from '../run/supervisor';
import { UserError } from '../terminal/user-error';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly workers: number;
  readonly proxyHeaders?: boolean | string[];
  readonly rootPath?: string;
  readonly grace?: number;
  readonly blocked: number;
}

/** `vivace run`. */
export function runCommand(program: Command): Command {
  return program
    .command('run')
    .description('serve what was built, for production')
    .argument('[entry]', 'file of the application, such as src/app.ts or dist/app.js')
    .addOption(new Option('--host <host>', 'address to listen on').env('HOST').default('0.0.0.0'))
    .addOption(
      new Option('--port <port>', 'port to listen on').env('PORT').default(8000).argParser(portOf),
    )
    .option('--socket <path>', 'a Unix socket instead of host and port')
    .option('--workers <number>', 'processes, or auto: one for each core', workersOf, 1)
    .option(
      '--proxy-headers [proxies...]',
      'believe X-Forwarded-* of these proxies (addresses, networks), or of every one',
      proxiesOf,
    )
    .option('--root-path <path>', 'path that a proxy strips')
    .option(
      '--grace <seconds>',
      'time to stop in, in place of timeouts.shutdown of the application',
      secondsOf,
    )
    .option(
      '--blocked <seconds>',
      'time that a worker may hold up its event loop; 0: any',
      wholeSecondsOf,
      10,
    )
    .addHelpText(
      'after',
      '\nSignals:\n  SIGTERM and SIGINT let requests end and stop, a second one stops at once;\n  SIGHUP replaces several workers one by one, and stops a lone process.\nExit codes:\n  0 it has stopped, 1 it did not start, failed, or did not stop in time,\n  2 wrong usage, 130 and 143 a second SIGINT or SIGTERM.\n\nExamples:\n  $ vivace build && vivace run\n  $ vivace run --workers auto --port 80\n  $ vivace run --proxy-headers 10.0.0.0/8 --root-path /api',
    )
    .action(async (named: string | undefined, options: Options) => {
      const project = projectAt('.');
      ensureEnvironment('production');
      process.chdir(project.root);
      const { file, exported } = builtEntry(project, named);
      if (exported === undefined && options.workers > 1) {
        throw new UserError(
          `${named ?? 'The program'} listens itself, so it cannot be run several times.`,
          'Export the application: export const app = new Vivace({ … })',
        );
      }
      const listening = listen(file, exported, options);
      if (options.workers > 1) {
        log('info', `${project.name} with ${options.workers} workers`);
        process.exit(await new Supervisor({ ...options, serve: listening }).run());
      }
      const server = await serve(listening, true);
      if (server !== undefined) endInOrder(server);
    });
}

function listen(
  file: string,
  exported: string | undefined,
  { host, port, socket, workers, rootPath, proxyHeaders, grace }: Options,
): ServeOptions {
  return {
    file,
    exported,
    host,
    port,
    workers,
    ...(socket !== undefined && { socket }),
    ...(rootPath !== undefined && { rootPath }),
    ...(proxyHeaders !== undefined && { trustProxy: proxyHeaders }),
    ...(grace !== undefined && { grace }),
  };
}

/** A single process stops as several do: it logs that it stops, and ends with exit code 0. */
function endInOrder(server: Server): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log('info', STOPPING);
    // The server's own listener logs an error that keeps it from closing.
    const end = (): unknown => setImmediate(() => process.exit());
    server.close().then(end, end);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
}
