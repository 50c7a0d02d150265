import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { builtEntry } from '../project/built';
import { projectAt } from '../project/project';
import { serve, type ServeOptions } from '../run/serve';
import { Supervisor } from '../run/supervisor';
import { bold, dim } from '../terminal/style';
import { UserError } from '../terminal/user-error';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly workers: number;
  readonly proxyHeaders?: boolean | string[];
  readonly rootPath?: string;
  readonly grace: number;
  readonly blocked: number;
}

/** `vivace run`. */
export function runCommand(program: Command): Command {
  return program
    .command('run')
    .description('serve what was built, for production')
    .argument('[entry]', 'file of the application, such as src/app.ts or dist/app.js')
    .option('--host <host>', 'address to listen on', process.env['HOST'] ?? '0.0.0.0')
    .addOption(new Option('--port <port>', 'port to listen on').env('PORT').argParser(portOf).default(8000))
    .option('--socket <path>', 'a Unix socket instead of host and port')
    .option('--workers <number>', 'processes, or auto: one for each core', workersOf, 1)
    .option('--proxy-headers [proxies...]', 'believe X-Forwarded-* of these proxies (addresses, networks), or of every one')
    .option('--root-path <path>', 'path that a proxy strips')
    .option('--grace <seconds>', 'time that requests have to end when it stops', secondsOf, 30)
    .option('--blocked <seconds>', 'time that a worker may hold up its event loop; 0: any', wholeSecondsOf, 10)
    .addHelpText(
      'after',
      '\nSignals: SIGTERM and SIGINT let requests end and stop;\n  SIGHUP replaces the workers one by one.\n\nExamples:\n  $ vivace build && vivace run\n  $ vivace run --workers auto --port 80\n  $ vivace run --proxy-headers 10.0.0.0/8 --root-path /api',
    )
    .action(async (named: string | undefined, options: Options) => {
      const project = projectAt('.');
      process.env['NODE_ENV'] ??= 'production';
      process.chdir(project.root);
      const { file, exported } = builtEntry(project, named);
      if (exported === undefined && options.workers > 1) {
        throw new UserError(
          `${named ?? 'The program'} listens itself, so it cannot be run several times.`,
          'Export the application: export const app = new Vivace({ … })',
        );
      }
      const listening = listen(file, exported, options);
      console.log(`${bold(project.name)} on ${addressOf(options)} ${dim(options.workers > 1 ? `with ${options.workers} workers` : '')}`);
      if (options.workers > 1) process.exit(await new Supervisor({ ...options, serve: listening, grace: options.grace * 1000 }).run());
      await serve(listening, true);
    });
}

function listen(
  file: string,
  exported: string | undefined,
  { host, port, socket, workers, rootPath, proxyHeaders }: Options,
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
  };
}

function addressOf({ host, port, socket }: Options): string {
  return socket ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 to 65535.');
}

function workersOf(text: string): number {
  if (text === 'auto') return availableParallelism();
  const workers = Number(text);
  if (Number.isInteger(workers) && workers > 0 && workers <= 512) return workers;
  throw new InvalidArgumentError("It has to be a number from 1 to 512, or 'auto'.");
}

function wholeSecondsOf(text: string): number {
  const seconds = secondsOf(text);
  if (Number.isInteger(seconds)) return seconds;
  throw new InvalidArgumentError('It has to be a whole number of seconds.');
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('It has to be a number of seconds.');
}
