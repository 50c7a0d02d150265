import { addPackageCommands, refuseMissing } from './packages/add-commands';
import { createProgram } from './program';
import { EXIT } from './terminal/exit-codes';
import { printError } from './terminal/print-error';

/** As `engines` of package.json says. */
const OLDEST = [22, 15] as const;

/** Whether a version of Node, such as 22.15.1, is supported. */
export function isSupported(node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Our own commands that load the application and then end, as those of packages do. */
const LOADING = ['routes', 'explain', 'openapi', 'client', 'exec', 'shell'];

/** Runs the command line. An error is printed and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(); // `vivace routes | head` has read enough
  });
  if (!isSupported(process.versions.node)) {
    console.error(
      `error Vivace needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}.`,
    );
    process.exitCode = EXIT.failed;
    return;
  }
  const program = createProgram();
  const own = program.commands.find(
    (command) => command.name() === args[2] || command.alias() === args[2],
  );
  const needsPackages = own === undefined || own.name() === 'completion';
  try {
    await using _services = needsPackages ? await addPackageCommands(program) : undefined;
    refuseMissing(program, args[2]);
    await program.parseAsync([...args]);
  } catch (thrown) {
    process.exitCode = printError(thrown);
  }
  // A loaded program may hold something open, such as a connection, which would keep these commands
  // from ending.
  if (own === undefined || LOADING.includes(own.name()))
    process.stdout.write('', () => process.exit());
}
